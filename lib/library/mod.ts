/** The pose library: verified poses and choreographies from `poses/`. */
export * from "./library.ts";
export * from "./compose_pose.ts";
