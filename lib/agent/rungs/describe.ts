import type { Rung } from "../rung.ts";
import { attempt } from "./attempt.ts";
import { composed } from "./composed.ts";
import { insteadOf } from "./library_pose.ts";

/** The model describes each figure in words, retrieval finds a verified pose for each description. */
export const describe: Rung = (task) => attempt(task, (one) => composed(task, "describe", one), insteadOf(task));
