/** Two fits by gradient descent: of a ranking, and of a yes or no. */

/** What a query is fitted to: rows of measures, one a candidate, and which of them are right. */
export interface RankedQuery {
  /** The column of each value of a row. */
  readonly columns: readonly number[];
  readonly rows: readonly (readonly number[])[];
  readonly right: readonly boolean[];
  /** What it counts for. */
  readonly weight: number;
}

/** Steps and size of the descent (Adam, Kingma & Ba 2015), and how strongly weights are held to 0. */
const RANKING = { steps: 150, rate: 0.1, ridge: 0.02 };
const LOGISTIC = { steps: 400, rate: 0.1, ridge: 0.003 };

/** Descends a gradient. */
function descend(
  count: number,
  { steps, rate }: { readonly steps: number; readonly rate: number },
  gradientAt: (weights: Float64Array) => Float64Array,
): Float64Array {
  const [weights, mean, square] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let step = 1; step <= steps; step++) {
    gradientAt(weights).forEach((slope, i) => {
      const m = mean[i] = 0.9 * (mean[i] ?? 0) + 0.1 * slope;
      const s = square[i] = 0.99 * (square[i] ?? 0) + 0.01 * slope * slope;
      weights[i] = (weights[i] ?? 0) - rate * (m / (1 - 0.9 ** step)) / (Math.sqrt(s / (1 - 0.99 ** step)) + 1e-8);
    });
  }
  return weights;
}

/** How much each column varies; what hardly does must not count for much. */
function spreads(queries: readonly RankedQuery[], count: number): Float64Array {
  const [sum, squares] = [new Float64Array(count), new Float64Array(count)];
  let rows = 0;
  for (const query of queries) {
    rows += query.rows.length;
    for (const row of query.rows) {
      query.columns.forEach((column, i) => {
        const value = row[i] ?? 0;
        sum[column] = (sum[column] ?? 0) + value;
        squares[column] = (squares[column] ?? 0) + value * value;
      });
    }
  }
  return sum.map((total, i) => Math.sqrt(Math.max(0, (squares[i] ?? 0) / rows - (total / rows) ** 2)) + 1e-4);
}

/**
 * Fits weights that make right candidates likely among all of their query.
 *
 * @param queries What to fit to. @param count How many columns there are.
 * @returns A weight a column.
 */
export function fitRanking(queries: readonly RankedQuery[], count: number): Float64Array {
  const spread = spreads(queries, count);
  const all = queries.reduce((sum, { weight }) => sum + weight, 0);
  // Rows in one piece, measured in spreads: the descent goes over them all at each of its steps.
  const flat = queries.map(({ columns, rows }) =>
    Float64Array.from(rows.flatMap((row) => row.map((value, i) => value / (spread[columns[i] ?? 0] ?? 1))))
  );
  const weights = descend(count, RANKING, (weights) => {
    const slope = weights.map((weight) => RANKING.ridge * weight);
    queries.forEach(({ columns, right, weight }, q) => {
      const values = flat[q] ?? new Float64Array();
      const width = columns.length;
      const own = Float64Array.from(columns, (column) => weights[column] ?? 0);
      const scores = Float64Array.from(right, (_, row) => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += (values[row * width + i] ?? 0) * (own[i] ?? 0);
        return sum;
      });
      const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
      const likely = scores.map((score) => Math.exp(score - most));
      const total = likely.reduce((a, b) => a + b, 0);
      const good = likely.reduce((sum, value, i) => sum + (right[i] ? value : 0), 0) + 1e-12;
      likely.forEach((value, row) => {
        const pull = weight / all * (value / total - (right[row] ? value / good : 0));
        if (Math.abs(pull) < 1e-9) return;
        for (let i = 0; i < width; i++) {
          const column = columns[i] ?? 0;
          slope[column] = (slope[column] ?? 0) + pull * (values[row * width + i] ?? 0);
        }
      });
    });
    return slope;
  });
  return weights.map((weight, i) => weight / (spread[i] ?? 1));
}

/**
 * Fits a logistic regression in which yes and no count the same, however many there are of each.
 *
 * @param samples Rows, the first value of each 1, and whether it is a yes.
 * @returns A weight a value.
 */
export function fitLogistic(samples: readonly { readonly x: readonly number[]; readonly y: boolean }[]): Float64Array {
  const yes = samples.filter(({ y }) => y).length;
  const share = (y: boolean) => 0.5 / Math.max(1, y ? yes : samples.length - yes);
  const count = samples[0]?.x.length ?? 0;
  // What hardly varies is held to 0 no more than what does.
  const spread = Array.from(
    { length: count },
    (_, i) => i === 0 ? 1 : Math.sqrt(samples.reduce((sum, { x }) => sum + (x[i] ?? 0) ** 2, 0) / samples.length) || 1,
  );
  const scaled = samples.map(({ x, y }) => ({ x: x.map((value, i) => value / (spread[i] ?? 1)), y }));
  const weights = descend(count, LOGISTIC, (weights) => {
    const slope = weights.map((weight, i) => i === 0 ? 0 : LOGISTIC.ridge * weight);
    for (const { x, y } of scaled) {
      const chance = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0)));
      x.forEach((value, i) => slope[i] = (slope[i] ?? 0) + share(y) * (chance - (y ? 1 : 0)) * value);
    }
    return slope;
  });
  return weights.map((weight, i) => weight / (spread[i] ?? 1));
}
