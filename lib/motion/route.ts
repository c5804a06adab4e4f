/** From key to key: straight there or, where no way there breaks nothing, by way of another pose. */
import { distance, type Pose } from "../skeleton/mod.ts";
import { flightOf } from "./flight.ts";
import { hubsAfter } from "./hubs.ts";
import { type InFlight, type Move, moveOf } from "./move.ts";
import { type Gait, type Plan, planOf } from "./plan.ts";
import type { Planning } from "./planning.ts";
import type { Stand } from "./stand.ts";

/** How a body gets from one key to another: in one go, or in two, each in half the time. */
export type Route = { readonly plan: Plan } | { readonly by: Stand; readonly plans: readonly [Plan, Plan] };

/** What leaves more trouble than this goes by way of another pose, if that leaves less than half. */
const ROUGH = 1;
/** Only bodies whose pelvis is below this (m) do. */
const LOW = 0.7;
/** Radians. */
const FAR_TURN = 1.2;

const AS_IT_IS: Plan = { gait: "usual", detours: { arms: {}, legs: {} }, cost: 0 };

/** Whether the next key is the same one in the same place: to go away and come back mends nothing. */
const stays = (from: Stand, to: Stand): boolean =>
  from.number === to.number && from.turn === to.turn && distance(from.shift, to.shift) < 1e-9;

/** Finds the way between two keys that takes so many seconds. */
export function* routeOf(
  from: Stand,
  to: Stand,
  seconds: number,
  flight?: InFlight,
): Planning<Route> {
  if (!flight && stays(from, to)) return { plan: AS_IT_IS };
  const plan = yield* planBetween(from, to, seconds, flight);
  let [best, cost]: [Route, number] = [{ plan }, plan.cost / 2];
  if (plan.cost < ROUGH || flight || Math.max(from.pelvis[1], to.pelvis[1]) > LOW) return best;
  const half = seconds / 2;
  for (const by of hubsAfter(from)) {
    const first = yield* planBetween(from, by, half);
    const plans = [first, yield* planBetween(by, to, half)] as const;
    const left = plans[0].cost + plans[1].cost;
    if (left < cost) [best, cost] = [{ by, plans }, left];
    if (left < ROUGH) break;
  }
  return best;
}

/** The pose at each share of a way; below 0 the body holds, though it may fly. */
export function follow(
  route: Route,
  from: Stand,
  to: Stand,
  seconds: number,
  flight?: InFlight,
): (u: number) => Pose {
  if (!flight && stays(from, to)) {
    const still = going(from, to, seconds, AS_IT_IS)(0);
    return () => still;
  }
  if ("plan" in route) return going(from, to, seconds, route.plan, flight);
  const { by, plans } = route;
  const [first, second] = [going(from, by, seconds / 2, plans[0]), going(by, to, seconds / 2, plans[1])];
  return (u) => u < 0.5 ? first(2 * u) : second(2 * u - 1);
}

function going(from: Stand, to: Stand, seconds: number, { gait, detours }: Plan, flight?: InFlight) {
  const move = moving(from, to, seconds, gait, flight);
  return (u: number) => move.at(u, detours);
}

const moving = (from: Stand, to: Stand, seconds: number, gait: Gait, flight?: InFlight): Move =>
  moveOf(from, to, gait === "hop" ? hopOf(from, to, seconds) : flight, gait === "swapped");

function planBetween(from: Stand, to: Stand, seconds: number, flight?: InFlight): Planning<Plan> {
  const hops = !flight && canHop(from, to);
  const steps: Gait[] = flight ? ["usual"] : ["usual", "swapped"];
  // Who turns far hops sooner than wind the legs round each other.
  const turns = Math.abs(to.turn - from.turn) > FAR_TURN;
  const gaits: Gait[] = !hops ? steps : turns ? ["hop", ...steps] : [...steps, "hop"];
  return planOf((gait) => moving(from, to, seconds, gait, flight), gaits, from, to, seconds);
}

/** Whether a body stands upright enough, before and after, to hop. */
const canHop = (...stands: readonly Stand[]): boolean =>
  stands.every(({ body, key }) => body.joints.pelvis[1] > 0.75 && body.seat === undefined && !key.airborne);

/** A hop from one key to the next, in the middle of so many seconds. */
function hopOf(from: Stand, to: Stand, seconds: number): InFlight {
  const flight = flightOf(from, [], to, {
    start: 0,
    latestTakeOff: 0.6 * seconds,
    first: 0.5 * seconds,
    last: 0.5 * seconds,
    earliestLanding: 0.4 * seconds,
    end: seconds,
  });
  return {
    height: (u) => flight.height(u * seconds),
    window: [flight.takeOff / seconds, flight.landing / seconds],
  };
}
