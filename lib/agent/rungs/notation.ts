import type { Rung } from "../rung.ts";
import { attempt } from "./attempt.ts";
import { composed } from "./composed.ts";
import { insteadOf } from "./library_pose.ts";

/** The model fills in direction words from closed lists, kinematics and projection make a verified body. */
export const notation: Rung = (task) => attempt(task, (one) => composed(task, "notation", one), insteadOf(task));
