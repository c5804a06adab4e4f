/** Poses by way of which people get from one pose on the floor to another. */
import { solve } from "../notation/mod.ts";
import { type Stand, standAfter } from "./stand.ts";

/** Who rolls over or gets from one arm to both lies down on the way. */
const HUBS = ["lying_back", "lying_front"] as const;

/** Where a body may go by the way. */
export function hubsAfter(a: Stand): Stand[] {
  return HUBS.map((base) => {
    const { pose, contacts } = solve({ base });
    return standAfter(a, { pose, contacts, beats: 1, at: 0, ...(a.key.turn !== undefined && { turn: a.key.turn }) });
  });
}
