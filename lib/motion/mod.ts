/** Motion between key poses: timing, interpolation, and what is measured of it. */
export * from "./motion.ts";
