/** What one request may cost. */

/** How many tasks run at once and how many may wait for their turn; more are refused. */
export interface Room {
  /** At once. */
  readonly running: number;
  /** In the queue behind them. */
  readonly waiting: number;
}

/** The limits of a Pose API. */
export interface ApiLimits {
  /** The longest request body, in bytes. */
  readonly bodyBytes: number;
  /** The most key poses of an animation or a dance. */
  readonly frames: number;
  /** The most frames that a GIF or a video is drawn of; a longer one has fewer a second, but at least one. */
  readonly drawnFrames: number;
  /** The least and the most pixels of a picture's side. */
  readonly side: { readonly least: number; readonly most: number };
  /** The longest query or request, in characters. */
  readonly characters: number;
  /** The most results of a search. */
  readonly results: number;
  /** The most poses of a page. */
  readonly page: number;
  /** How far from the origin a joint may be, in metres. */
  readonly metres: number;
  /** Pictures. */
  readonly renders: Room;
  /** Animations: a long one gives way to pictures. */
  readonly animations: Room;
  /** Dances: one model, so one at a time; a class of thirty may ask for three each at once. */
  readonly dances: Room;
  /** How long an animation, and a dance once it is its turn, may take, in seconds. */
  readonly seconds: { readonly animation: number; readonly dance: number };
}

/** The limits that hold unless others are given. */
export const API_LIMITS: ApiLimits = {
  bodyBytes: 512 * 1024,
  frames: 120,
  drawnFrames: 2400,
  side: { least: 16, most: 1024 },
  characters: 2000,
  results: 100,
  page: 200,
  metres: 10,
  renders: { running: 1, waiting: 256 },
  animations: { running: 2, waiting: 16 },
  dances: { running: 1, waiting: 96 },
  seconds: { animation: 60, dance: 300 },
};
