/** Postures, leans, turns and steps. */
import type { SlotOf } from "../slots.ts";
import type { Token } from "./lexicon.ts";
import { ARM_PARTS, HANDS, LEG_PARTS } from "./parts.ts";
import { afterFillers, beforeFillers, clauseHas, type Reading, setPosture } from "./reading.ts";
import { stepWay } from "./records.ts";
import { apply } from "./say.ts";
import { touchPlace } from "./touch.ts";

export function readPosture(r: Reading, value: string, { text }: Token): void {
  const side = r.side === "left" || r.side === "right" ? r.side : undefined;
  const said = /прав|right/.test(text) ? "right" : /лев|left/.test(text) ? "left" : side;
  // "But don't jump."
  if (r.negated) return void (r.negated = false);
  switch (value) {
    case "stand":
      r.stands = true;
      return;
    case "sit":
      if (ARM_NOUN.test(beforeFillers(r, r.at)?.concept ?? "")) return;
      r.sits = true;
      return setPosture(r, "sitting");
    case "lie":
      // "The palm lies on the chest."
      if (r.hasSubject && r.subjects.some(({ part }) => ARM_PARTS.has(part))) return;
      r.lies = true;
      return setPosture(r, "lying");
    case "lie_back":
    case "lie_front":
      if (r.hasSubject && !r.lies) return;
      return setPosture(r, value === "lie_back" ? "lying_back" : "lying_front");
    case "lie_left":
    case "lie_right":
      return setPosture(r, value === "lie_left" ? "lying_left" : "lying_right");
    case "jump":
      // "Ready to jump", "перед прыжком": not yet.
      if (r.touch === "to" || r.touch === "before") return void (r.touch = undefined);
      // "The left leg back in the air", "руки взлетели вверх".
      if (r.hasSubject && !r.laid && r.subjects.some(({ part }) => ARM_PARTS.has(part) || LEG_PARTS.has(part))) {
        return apply(r, { concept: "raise", text: "" });
      }
      return setPosture(r, "airborne");
    case "crouch":
      for (const side of ["left", "right"] as const) {
        r.slots.push({ kind: "bend", joint: "knee", side, bend: "bent" });
      }
      return;
    case "step":
      return startStep(r, side);
    case "tiptoe":
      // "Ладони на носках ног."
      if (r.hasSubject && r.subjects.some(({ part }) => part === "hand" || part === "palm" || part === "arm")) {
        return touchPlace(r, "toes", "on");
      }
      return setPosture(r, "tiptoe");
    case "half_kneel":
      // "The hands on one knee."
      if (r.hasSubject && r.subjects.every(({ part, said }) => HANDS.has(part) && !said) && !r.stands && !r.strange) {
        return touchPlace(r, "knee", "on");
      }
      return setPosture(r, "half_kneeling", said);
    case "cross_legged":
      r.slots.push({ kind: "crossed", limbs: "legs" });
      return setPosture(r, "floor");
    case "leg_work":
      r.lastLimb = "leg";
      return;
    case "shoulder_stand":
      // "The birch bends": a tree.
      if (/^(березка|свечка|candle)$/.test(text) && /^(unknown|act|dir)/.test(r.tokens[r.at + 1]?.concept ?? "")) {
        return;
      }
      return setPosture(r, "shoulder_stand");
    case "kneel":
      return setPosture(r, "kneeling");
    case "back_lunge":
      // The leg that is named goes back: none in front is.
      setPosture(r, "lunge");
      r.lunge = undefined;
      return;
    case "lunge":
      setPosture(r, "lunge", side);
      return startStep(r, side);
    default:
      return setPosture(r, value as SlotOf<"posture">["posture"]);
  }
}

/** A hand's name: "the hand sits on the hip". */
const ARM_NOUN = /^part\.(arms?|hands?|palms?|elbows?)$/;

/** Whether a word is one for clapping or slapping. */
export const isClap = (text: string): boolean => /^(хлоп|clap|slap)/.test(text);

/** Whether what is clapped on is named, with "по" before it. */
const clapsOn = (r: Reading): boolean => clauseHas(r, r.at + 1, /^level\.up_to$/);

export function startStep(r: Reading, said: "left" | "right" | undefined): void {
  r.side = undefined;
  const [leg] = r.hasSubject ? r.subjects : [];
  const [own] = leg && LEG_PARTS.has(leg.part) && leg.sides.length === 1 ? leg.sides : [];
  // "The left foot steps."
  const side = said ?? (own === "any" ? undefined : own);
  const at = r.pending.findLastIndex(({ concept }) => /^dir\.(forward|back|left|right|side)$/.test(concept));
  const [before] = at < 0 ? [] : r.pending.splice(at, 1);
  const way = before?.concept.slice("dir.".length) ?? (r.action?.act === "step" ? r.action.way : undefined);
  r.action = { act: "step", ...(side && { side }), ...(way && { way }) };
}

export function readAct(r: Reading, value: string, { text }: Token, i: number): void {
  const subject = r.hasSubject ? r.subjects[0]?.part : undefined;
  const head = subject === "head" || subject === "gaze" || subject === "face";
  const limb = subject !== undefined && (ARM_PARTS.has(subject) || LEG_PARTS.has(subject));
  switch (value) {
    case "lean":
    case "lean_back":
    case "lean_side":
    case "tilt": {
      const way = leanWay(text);
      const next = afterFillers(r, i + 1);
      // "A bow on the head", "the tree bends over my head": no trunk does.
      if (/^bow$/.test(text) && (/^(a|the|pink|big)$/.test(r.tokens[i - 1]?.text ?? "") || next === "touch.on")) return;
      if (/over$/.test(text) && /^part\.(head|crown)$/.test(next)) {
        if (limb) apply(r, { concept: "bend.bent", text });
        r.touch = "over";
        return;
      }
      if (limb && /^bow/.test(text)) return;
      if (/^slant/.test(text) && r.subjects.some(({ part }) => ARM_PARTS.has(part))) return;
      if (limb && /^(bent|bend)/.test(text)) {
        apply(r, { concept: "bend.bent", text });
        if (way) apply(r, { concept: `dir.${way}`, text });
        return;
      }
      // A slanting forearm is no leaning trunk.
      if (limb && (value === "tilt" || r.palm || /^отклонен/.test(text))) return;
      finishAction(r);
      // "Отклоняется влево": the way comes with it.
      const open = /^отклон/.test(text);
      const leaning = value === "lean_back" && !open ? "back" : way;
      r.action = {
        act: "lean",
        ...(head && { target: "head" }),
        ...(leaning && { way: leaning }),
        ...((value === "tilt" || /^отклон/.test(text)) && { open: true }),
      };
      if (leaning && leaning !== "side") return;
      // "Вперёд наклониться", "forward bend": the way may stand first.
      const at = r.pending.findLastIndex(({ concept }) => /^dir\.(forward|back|left|right)$/.test(concept));
      const [before] = at < 0 ? [] : r.pending.splice(at, 1);
      if (before) r.action.way = before.concept.slice("dir.".length);
      else if (head) takeSaid(r);
      return;
    }
    case "turn":
      if (r.palm) return;
      if (subject !== undefined && (ARM_PARTS.has(subject) || LEG_PARTS.has(subject))) return;
      finishAction(r);
      r.action = { act: "turn", ...(subject && { target: subject }) };
      return;
    case "sway":
      // "Sway to the left": the trunk does, where no hips are spoken of.
      if (
        subject === undefined && /^(sway|качн|кача)/.test(text) && !clauseHas(r, i, /^part\.(hip|thigh|pelvis|buttock)/)
      ) {
        r.action = { act: "lean", open: true };
      }
      return;
    case "cross":
      // "Before crossing the road".
      if (!limb && /^cross(es|ing)?$/.test(text) && !clauseHas(r, i, /^part\.(arm|hand|leg|feet)/)) {
        return;
      }
      if (
        subject === undefined && clauseHas(r, i, /^part\.(leg|foot|knee)$/) && !clauseHas(r, i, /^part\.(arm|hand)/)
      ) {
        r.pending.push({ concept: "dir.across", text });
        return;
      }
      if (limb && !/arm/.test(text) && r.subjects[0]?.sides.length === 1) {
        return apply(r, { concept: "dir.across", text: "" });
      }
      r.slots.push({
        kind: "crossed",
        limbs: subject !== undefined && LEG_PARTS.has(subject) && !/arm/.test(text) ? "legs" : "arms",
      });
      r.crossed = true;
      // "Crossed in front" is where they cross.
      if (subject === undefined || ARM_PARTS.has(subject)) speakOfHands(r);
      return;
    case "clasp":
      // "Хлопает себя по плечу": the shoulder is touched.
      if (isClap(text) && clapsOn(r)) return;
      if (subject !== undefined && LEG_PARTS.has(subject)) r.slots.push({ kind: "stance", stance: "together" });
      else if (subject === "arm" && /^слож/.test(text) && !clauseHas(r, i, /^stance\.together$|^part\.palms?$/)) {
        r.slots.push({ kind: "crossed", limbs: "arms" });
        r.crossed = true;
      } else {
        r.slots.push({ kind: "clasp" });
        if (subject === undefined) speakOfHands(r);
      }
  }
}

export function takeSaid(r: Reading): void {
  const last = r.slots.at(-1);
  if (last?.kind === "head" && r.action) {
    r.slots.pop();
    r.action.way = last.way;
  }
}

export function finishAction(r: Reading): void {
  const action = r.action;
  r.action = undefined;
  if (action === undefined || r.negated) return;
  const { act, target, way } = action;
  const headed = target === "head" || target === "gaze" || target === "face";
  if (act === "step") {
    const leg = action.side ?? (way === "left" || way === "right" ? way : "any");
    if (r.lunge && way === "back") delete r.lunge.side;
    else if (leg !== "any" && r.lunge) r.lunge.side ??= leg;
    const direction = way === undefined ? undefined : stepWay(way, leg);
    if (leg === "any" && direction === undefined) return;
    r.slots.push({ kind: "step", leg, ...(direction && { direction }) });
  } else if (act === "turn") {
    if (way !== "left" && way !== "right") return;
    // "The driver turns left" is not the trunk that twists.
    if (target === undefined && r.strange) return;
    r.slots.push(headed ? { kind: "head", way } : { kind: "twist", way });
  } else if (headed) {
    const tilt = way === "left" || way === "right" ? `tilt-${way}` as const : way === "forward" ? "down" : way;
    if (tilt === undefined || tilt === "side") return;
    r.slots.push({ kind: "head", way: tilt === "back" ? "up" : tilt as SlotOf<"head">["way"] });
  } else {
    if (way === undefined && action.open) return;
    const leaning = way === undefined || way === "down" ? "forward" : way;
    if (leaning === "up" || !["forward", "back", "left", "right", "side"].includes(leaning)) return;
    r.slots.push({ kind: "lean", way: leaning as SlotOf<"lean">["way"] });
  }
}

/** The way that a phrase for leaning has in it. */
function leanWay(text: string): string | undefined {
  const [word] = text.match(/back|side|left|right|forward|over/) ?? [];
  return word === "over" || /^(bow|поклон|кланя)/.test(text) ? "forward" : word;
}

/** Both hands are spoken of, and no directions are gathered of them. */
function speakOfHands(r: Reading): void {
  r.subjects = [{ part: "arm", sides: ["left", "right"], records: [], said: true }];
  r.hasSubject = true;
}
