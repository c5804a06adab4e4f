/** Every colour that a picture may hold: few, fixed, and the same in every frame of a GIF. */

/** A colour as `#rrggbb`. */
export type Colour = `#${string}`;

const parse = (colour: Colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** The colour at share `t` of the way from `a` to `b`. */
export function blend(a: Colour, b: Colour, t: number): Colour {
  const [from, to] = [parse(a), parse(b)];
  const mixed = from.map((v, i) => Math.round(v + ((to[i] ?? v) - v) * t));
  return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

/** How far off a part is: 0 near, 3 far. */
export type Tint = 0 | 1 | 2 | 3;

const WHITE: Colour = "#ffffff";

/** A colour and its paler tints, by {@linkcode Tint}. */
const tints = (colour: Colour) =>
  [colour, blend(colour, WHITE, 0.14), blend(colour, WHITE, 0.28), blend(colour, WHITE, 0.4)] as const;

/** Sleeves and trousers; shoes and the backs of hands a shade darker, so that an end is seen as an end. */
const limb = (colour: Colour) => ({ sleeve: tints(colour), dark: tints(blend(colour, "#10131a", 0.3)) });

/** The figure's colours by what they are for. */
export const COLOURS = {
  paper: WHITE,
  ground: "#efefeb",
  shadow: "#d3d3cd",
  right: limb("#d93a4e"),
  left: limb("#1b76bd"),
  shirt: "#3c4554",
  shirtShade: "#272d38",
  skin: "#ffdcb8",
  skinShade: "#eab98f",
  hair: "#33302f",
  mouth: "#a8323c",
  stoolTop: "#ddcdb4",
  stoolFront: "#c9b79c",
  stoolSide: "#b3a083",
  frame: "#dcdcdc",
  text: "#3c4043",
} as const;

/** Pairs of colours that meet along smoothed edges, and how many steps lie between them. */
function meetings(): [Colour, Colour, number][] {
  const c = COLOURS;
  const limbs = [c.right, c.left].flatMap(({ sleeve, dark }) => [...sleeve.slice(0, 3), ...dark.slice(0, 2)]);
  return [
    ...limbs.map((colour): [Colour, Colour, number] => [colour, WHITE, 3]),
    [c.shirt, WHITE, 6],
    [c.skin, WHITE, 1],
    [c.hair, WHITE, 5],
    [c.hair, c.skin, 4],
    [c.skin, c.skinShade, 3],
    [c.skinShade, c.hair, 2],
    [c.skinShade, WHITE, 2],
    [c.shirt, c.skin, 4],
    [c.shirt, c.shirtShade, 1],
    [c.ground, WHITE, 1],
    [c.ground, c.shadow, 1],
    [c.text, WHITE, 4],
    [c.mouth, c.skin, 2],
    [c.right.dark[0], c.skin, 2],
    [c.left.dark[0], c.skin, 2],
    [c.right.sleeve[0], c.shirt, 1],
    [c.left.sleeve[0], c.shirt, 1],
  ];
}

function build(): Colour[] {
  const flat = Object.values(COLOURS).flatMap((c) => typeof c === "string" ? [c] : [...c.sleeve, ...c.dark]);
  const blends = meetings().flatMap(([a, b, steps]) =>
    Array.from({ length: steps }, (_, i) => blend(a, b, (i + 1) / (steps + 1)))
  );
  const colours = [...new Set([...flat, ...blends])].slice(0, PALETTE_SIZE - 1);
  const padding = Array<Colour>(PALETTE_SIZE - 1 - colours.length).fill(WHITE);
  return ["#000000", ...colours, ...padding];
}

/** A power of two: GIF asks for one. */
export const PALETTE_SIZE = 128;

/** The index that stands for "what was there before" in a GIF, and for nothing in a PNG. */
export const TRANSPARENT = 0;

/** The fixed palette: {@linkcode PALETTE_SIZE} colours as 0xRRGGBB; entry {@linkcode TRANSPARENT} is never drawn. */
export const PALETTE: readonly number[] = build().map((colour) => parseInt(colour.slice(1), 16));

/** What is known of each 24-bit colour: 0 nothing yet, else its index. Filled as colours turn up: 16 MB at most. */
const known = new Uint8Array(1 << 24);

/**
 * The index of the palette's nearest colour (least squared difference of red, green and blue), never
 * {@linkcode TRANSPARENT}.
 *
 * @param colour 0xRRGGBB.
 */
export const nearestIndex = (colour: number): number => known[colour] || learn(colour);

function learn(colour: number): number {
  let best = 0, least = Infinity;
  PALETTE.forEach((entry, index) => {
    if (index === TRANSPARENT) return;
    const off = ((entry >> 16) - (colour >> 16)) ** 2 + ((entry >> 8 & 255) - (colour >> 8 & 255)) ** 2 +
      ((entry & 255) - (colour & 255)) ** 2;
    if (off < least) [best, least] = [index, off];
  });
  return known[colour] = best;
}
