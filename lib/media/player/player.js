/** The player in a page: draws the motion that the page holds, with the same code as the pictures. */
import { fitCamera } from "../../draw/camera.ts";
import { paintFigure } from "../../draw/figure.ts";
import { COLOURS } from "../../draw/palette.ts";
import { bodyOf } from "../../skeleton/body.ts";
import { JOINTS } from "../../skeleton/skeleton.ts";
import { jointName, WORDS } from "./words.js";

const PITCH = 12;
const YAW = 22;
const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2];
/** Pixels: so near to a joint, the pointer means it. */
const NEAR = 22;
/** Degrees that a pixel of dragging turns. */
const TURN = 0.5;

const element = (id) => document.getElementById(id);
const about = JSON.parse(element("about").textContent);
const canvas = element("figure"), pen = canvas.getContext("2d");
const scrub = element("scrub"), speed = element("speed"), loop = element("loop");

const numbers = readNumbers(element("frames").textContent);
const state = { time: 0, playing: false, view: about.view, pitch: PITCH, hover: null, pointer: null };
let language = about.language ?? (navigator.language.startsWith("ru") ? "ru" : "en");
let words = WORDS[language];
let camera, cameraSign;

function readNumbers(base64) {
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

/** The pose at a time, between its two frames. */
function poseAt(time) {
  const last = about.count - 1;
  const place = Math.min(time / about.step, about.loop ? about.count : last);
  const from = Math.min(Math.floor(place), last);
  const to = from === last ? (about.loop ? 0 : last) : from + 1;
  const share = place - from;
  const number = (i) =>
    (numbers[from * about.width + i] * (1 - share) + numbers[to * about.width + i] * share) / about.unit;
  let at = 0;
  const vector = () => [number(at++), number(at++), number(at++)];
  const direction = () => {
    const v = vector(), length = Math.hypot(...v) || 1;
    return v.map((x) => x / length);
  };
  const joints = Object.fromEntries(JOINTS.map((joint) => [joint, vector()]));
  const hand = () => ({ direction: direction(), palm: direction() });
  const hands = { left: hand(), right: hand() };
  const gaze = direction();
  const seat = number(at);
  return { joints, hands, gaze, ...(seat > 0 && { seat }) };
}

/** What the camera must hold. */
const looks = Array.from(
  { length: Math.min(about.count, 60) },
  (_, i) => bodyOf(poseAt(i / Math.min(about.count, 60) * about.seconds)),
);

function draw() {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return;
  const sign = [width, height, ratio, state.view, state.pitch].join();
  if (sign !== cameraSign) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    camera = fitCamera(looks, { width, height, view: state.view, pitch: state.pitch });
    cameraSign = sign;
  }
  const body = bodyOf(poseAt(state.time));
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  pen.save();
  paintFigure(pen, body, camera);
  pen.restore();
  showJoint(body);
  scrub.value = state.time;
  element("clock").textContent = `${state.time.toFixed(2)} / ${about.seconds.toFixed(2)}`;
  const key = keyAt(state.time);
  element("caption").textContent = about.keys[key]?.caption ?? "";
  element("number").textContent = about.keys.length > 1 ? `${key + 1}/${about.keys.length}` : "";
}

/** The key that a time is nearest to. */
function keyAt(time) {
  const { keys, seconds } = about;
  const after = keys.findIndex(({ at }) => at > time);
  const next = after < 0 ? keys.length : after;
  const end = next < keys.length ? keys[next].at : about.loop ? seconds + keys[0].at : Infinity;
  return end - time < time - (keys[next - 1]?.at ?? 0) ? next % keys.length : Math.max(0, next - 1);
}

/** The joint under the pointer: a ring and its name. */
function showJoint({ joints }) {
  const tip = element("tip");
  tip.hidden = true;
  if (!state.hover) return;
  const near = JOINTS.map((joint) => {
    const [x, y] = camera.project(joints[joint]);
    return { joint, x, y, far: Math.hypot(x - state.hover.x, y - state.hover.y), depth: camera.depth(joints[joint]) };
  }).filter(({ far }) => far < NEAR).sort((a, b) => a.far - b.far || b.depth - a.depth)[0];
  if (!near) return;
  pen.strokeStyle = COLOURS.text;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(near.x, near.y, 7, 0, 2 * Math.PI);
  pen.stroke();
  tip.hidden = false;
  tip.textContent = jointName(near.joint, words);
  tip.style.left = `${Math.min(near.x + 12, canvas.clientWidth - tip.offsetWidth - 4)}px`;
  tip.style.top = `${Math.max(0, near.y - 30)}px`;
}

let before = 0, asked = false;
function ask() {
  if (!asked) requestAnimationFrame(tick);
  asked = true;
}
function tick(now) {
  asked = false;
  if (state.playing) {
    const passed = Math.min(0.25, (now - before) / 1000) * Number(speed.value);
    state.time += passed;
    if (state.time >= about.seconds) {
      if (loop.checked) state.time %= about.seconds;
      else {
        state.time = about.seconds;
        play(false);
      }
    }
  }
  before = now;
  draw();
  if (state.playing) ask();
}

function play(on) {
  if (on && !state.playing) before = performance.now();
  if (on && !loop.checked && state.time >= about.seconds) state.time = 0;
  state.playing = on;
  const button = element("play");
  button.textContent = on ? "❚❚" : "▶";
  button.setAttribute("aria-label", on ? words.pause : words.play);
  button.title = on ? words.pause : words.play;
  ask();
}

function step(frames) {
  play(false);
  const time = state.time + frames * about.step;
  state.time = about.loop ? (time + about.seconds) % about.seconds : Math.max(0, Math.min(about.seconds, time));
  ask();
}

function faster(by) {
  const next = SPEEDS.indexOf(Number(speed.value)) + by;
  speed.value = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, next))];
}

function look(view, pitch = PITCH) {
  Object.assign(state, { view, pitch });
  ask();
}

function speak(chosen) {
  language = chosen;
  words = WORDS[language];
  document.documentElement.lang = language;
  element("speed-label").textContent = words.speed;
  element("loop-label").textContent = words.loop;
  element("help").textContent = words.help;
  element("language").textContent = words.other;
  for (const name of ["front", "usual", "side"]) element(name).textContent = words.views[name];
  scrub.setAttribute("aria-label", words.time);
  play(state.playing);
}

speed.append(...SPEEDS.map((value) => new Option(`${value}×`, value, value === 1, value === 1)));
scrub.max = about.seconds;
scrub.step = "any";
loop.checked = about.loop;
element("keys").append(...about.keys.slice(0, 200).map(({ at }) => new Option("", at)));
element("play").onclick = () => play(!state.playing);
element("front").onclick = () => look(-YAW);
element("usual").onclick = () => look(0);
element("side").onclick = () => look(90 - YAW);
element("language").onclick = () => speak(language === "en" ? "ru" : "en");
scrub.oninput = () => {
  play(false);
  state.time = Number(scrub.value);
  ask();
};
canvas.onpointerdown = (event) => {
  canvas.setPointerCapture(event.pointerId);
  state.pointer = { x: event.offsetX, y: event.offsetY, view: state.view, pitch: state.pitch };
  state.hover = { x: event.offsetX, y: event.offsetY };
  ask();
};
canvas.onpointermove = (event) => {
  state.hover = { x: event.offsetX, y: event.offsetY };
  const { pointer } = state;
  if (pointer) {
    const pitch = pointer.pitch + (event.offsetY - pointer.y) * TURN;
    look(pointer.view - (event.offsetX - pointer.x) * TURN, Math.max(-20, Math.min(85, pitch)));
  }
  ask();
};
canvas.onpointerup = canvas.onpointercancel = () => state.pointer = null;
canvas.onpointerleave = (event) => {
  if (event.pointerType === "mouse") state.hover = null;
  ask();
};
document.onkeydown = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    " ": () => play(!state.playing),
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => faster(1),
    ArrowDown: () => faster(-1),
    Home: () => step(-Math.round(state.time / about.step)),
    KeyL: () => loop.checked = !loop.checked,
    KeyR: () => look(about.view),
  }[event.code.startsWith("Key") ? event.code : event.key];
  if (!act) return;
  event.preventDefault();
  act();
};
new ResizeObserver(ask).observe(canvas);
speak(language);
play(!matchMedia("(prefers-reduced-motion: reduce)").matches);
