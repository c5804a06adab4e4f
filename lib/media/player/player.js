/** The player in a page: draws the motion that the page holds, with the same code as the pictures. */
import { fitCamera, VIEWS } from "../../draw/camera.ts";
import { paintFigure } from "../../draw/figure.ts";
import { COLOURS } from "../../draw/palette.ts";
import { bodyOf } from "../../skeleton/body.ts";
import { JOINTS } from "../../skeleton/skeleton.ts";
import { jointName, WORDS } from "./words.js";

const PITCH = 12;
/** The height of a label's line. */
const LABEL = 26;
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
/** A view is added to each figure's own. */
const state = { time: 0, playing: false, view: 0, pitch: PITCH, hover: null, pointer: null };
let language = about.language ?? (navigator.language.startsWith("ru") ? "ru" : "en");
let words = WORDS[language];
let cameras, cameraSign;

function readNumbers(base64) {
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
  return new Int16Array(bytes.buffer);
}

/** A figure's pose at a time, between its two frames. */
function poseAt(figure, time) {
  const last = about.count - 1;
  const place = Math.min(time / about.step, about.loop ? about.count : last);
  const from = Math.min(Math.floor(place), last);
  const to = from === last ? (about.loop ? 0 : last) : from + 1;
  const share = place - from;
  const row = about.figures.length * about.width;
  const number = (i) => (numbers[from * row + i] * (1 - share) + numbers[to * row + i] * share) / about.unit;
  let at = figure * about.width;
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

/** What the cameras must hold: all figures, so that they are of one size. */
const looks = about.figures.flatMap((_, figure) =>
  Array.from(
    { length: Math.min(about.count, 60) },
    (_, i) => bodyOf(poseAt(figure, i / Math.min(about.count, 60) * about.seconds)),
  )
);
const labelled = about.figures.some(({ label }) => label);

function draw() {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) return;
  const share = width / about.figures.length, top = labelled ? LABEL : 0;
  const sign = [width, height, ratio, state.view, state.pitch].join();
  if (sign !== cameraSign) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    cameras = about.figures.map(({ view }) =>
      fitCamera(looks, { width: share, height: height - top, view: view + state.view, pitch: state.pitch })
    );
    cameraSign = sign;
  }
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, width, height);
  const seen = about.figures.flatMap(({ label = "" }, i) => {
    const body = bodyOf(poseAt(i, state.time));
    pen.save();
    pen.translate(i * share, 0);
    pen.beginPath();
    pen.rect(0, 0, share, height);
    pen.clip();
    pen.fillStyle = COLOURS.text;
    pen.font = "15px system-ui, sans-serif";
    pen.textAlign = "center";
    if (label) pen.fillText(label, share / 2, LABEL - 8, share - 8);
    pen.translate(0, top);
    paintFigure(pen, body, cameras[i]);
    pen.restore();
    return JOINTS.map((joint) => {
      const [x, y] = cameras[i].project(body.joints[joint]);
      return { joint, x: x + i * share, y: y + top, depth: cameras[i].depth(body.joints[joint]) };
    });
  });
  showJoint(seen);
  scrub.value = state.time;
  element("clock").textContent = `${state.time.toFixed(2)} / ${about.seconds.toFixed(2)}`;
  const keys = about.figures.map((figure) => ({ figure, key: keyAt(figure, state.time) }));
  const captions = keys.map(({ figure, key }) => figure.keys[key]?.caption ?? "");
  element("caption").textContent = [...new Set(captions)].join(" · ");
  const [{ figure, key }] = keys;
  element("number").textContent = figure.keys.length > 1 ? `${key + 1}/${figure.keys.length}` : "";
}

/** The key of a figure that a time is nearest to. */
function keyAt({ keys, seconds, loop }, time) {
  const now = loop ? time % seconds : time;
  const after = keys.findIndex(({ at }) => at > now);
  const next = after < 0 ? keys.length : after;
  const end = next < keys.length ? keys[next].at : loop && keys.length > 0 ? seconds + keys[0].at : Infinity;
  return end - now < now - (keys[next - 1]?.at ?? 0) ? next % keys.length : Math.max(0, next - 1);
}

/** The joint under the pointer: a ring and its name. */
function showJoint(seen) {
  const tip = element("tip");
  tip.hidden = true;
  if (!state.hover) return;
  const far = ({ x, y }) => Math.hypot(x - state.hover.x, y - state.hover.y);
  const near = seen.filter((joint) => far(joint) < NEAR).sort((a, b) => far(a) - far(b) || b.depth - a.depth)[0];
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
element("keys").append(...(about.figures[0]?.keys ?? []).slice(0, 200).map(({ at }) => new Option("", at)));
element("play").onclick = () => play(!state.playing);
const [{ view: usual }] = about.figures;
element("front").onclick = () => look(VIEWS.front - usual);
element("usual").onclick = () => look(VIEWS["three-quarter"] - usual);
element("side").onclick = () => look(VIEWS.side - usual);
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
    KeyR: () => look(0),
  }[event.code.startsWith("Key") ? event.code : event.key];
  if (!act) return;
  event.preventDefault();
  act();
};
new ResizeObserver(ask).observe(canvas);
speak(language);
play(!matchMedia("(prefers-reduced-motion: reduce)").matches);
