/** Least squares without a formula for the derivatives. */

/** Where a search came to rest. */
interface Minimum {
  readonly at: readonly number[];
  /** The sum of the squares there. */
  readonly cost: number;
}

/** How far a parameter moves to feel the slope; our parameters are degrees and millimetres. */
const STEP = 0.05;

/** Solves `a · x = b`, `a` symmetric and positive definite (its lower half is read, and overwritten), by Cholesky. */
function solveSymmetric(a: number[][], b: number[]): number[] {
  const n = b.length;
  const at = (i: number, k: number) => a[i]?.[k] ?? 0;
  for (let i = 0; i < n; i++) {
    const row = a[i] ?? [];
    for (let k = 0; k <= i; k++) {
      let sum = at(i, k);
      for (let s = 0; s < k; s++) sum -= at(i, s) * at(k, s);
      row[k] = i === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(k, k);
    }
  }
  const x = [...b];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - at(i, k) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] ?? 0) - at(k, i) * (x[k] ?? 0);
    x[i] = (x[i] ?? 0) / at(i, i);
  }
  return x;
}

/**
 * Minimises a sum of squares (Levenberg 1944; Marquardt, "An algorithm for least-squares estimation of nonlinear
 * parameters", 1963), with differences for derivatives. In kinematics the same is called damped least squares.
 *
 * @param residuals as many numbers each time, for given parameters.
 * @param start the parameters to start from; not changed.
 * @param most the most steps.
 */
export function leastSquares(
  residuals: (parameters: readonly number[]) => readonly number[],
  start: readonly number[],
  most: number,
): Minimum {
  let at = [...start];
  let here = residuals(at);
  let cost = here.reduce((sum, r) => sum + r * r, 0);
  let damping = 0.1;
  for (let step = 0; step < most; step++) {
    const columns = at.map((value, i) => {
      const moved = [...at];
      moved[i] = value + STEP;
      return residuals(moved).map((r, row) => (r - (here[row] ?? 0)) / STEP);
    });
    // Most residuals are zero and stay so: only rows with a slope count.
    const rows = here.map((_, row) => row).filter((row) => columns.some((column) => column[row] !== 0));
    const product = (a: readonly number[], b: readonly number[]) => {
      let sum = 0;
      for (const row of rows) sum += (a[row] ?? 0) * (b[row] ?? 0);
      return sum;
    };
    const normal = columns.map((a, i) => columns.map((b, k) => k > i ? 0 : product(a, b)));
    const slope = columns.map((a) => -product(a, here));
    let gained = 0;
    for (let attempt = 0; attempt < 8; attempt++) {
      const damped = normal.map((row, i) => row.map((v, k) => i === k ? v * (1 + damping) + 1e-9 : v));
      const by = solveSymmetric(damped, slope);
      // No joint turns more than 25° at a step: beyond that the slope tells nothing.
      const longest = Math.max(...by.map(Math.abs));
      const share = longest > 25 ? 25 / longest : 1;
      const next = at.map((value, i) => value + share * (by[i] ?? 0));
      const there = residuals(next);
      const nextCost = there.reduce((sum, r) => sum + r * r, 0);
      if (nextCost < cost) {
        gained = cost - nextCost;
        [at, here, cost] = [next, there, nextCost];
        damping = Math.max(damping / 5, 1e-6);
        break;
      }
      damping *= 6;
    }
    if (gained <= cost * 2e-4) break;
  }
  return { at, cost };
}
