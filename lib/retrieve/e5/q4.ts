/** Weights in a Q4_0 block: they share a scale. */
export const BLOCK_WEIGHTS = 32;

/** Bytes of a Q4_0 block: the scale as a half-precision number, then two weights a byte. */
export const BLOCK_BYTES = 18;

/**
 * Reads a half-precision number (IEEE 754 binary16).
 *
 * @param bits Its 16 bits.
 * @returns The number, exactly.
 */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Adds weights in Q4_0 to numbers. Byte j of a block holds weight j in its low half and weight j + 16 in its high half,
 * each as `8 + weight / scale`.
 *
 * @param blocks Whole blocks, 18 bytes each.
 * @param target Numbers to add to, 32 a block.
 */
export function addQ4(blocks: Uint8Array, target: Float32Array): void {
  for (let at = 0, out = 0; at < blocks.length; at += BLOCK_BYTES, out += BLOCK_WEIGHTS) {
    const scale = fromHalf((blocks[at] ?? 0) | (blocks[at + 1] ?? 0) << 8);
    for (let j = 0; j < 16; j++) {
      const pair = blocks[at + 2 + j] ?? 0;
      target[out + j] = (target[out + j] ?? 0) + ((pair & 15) - 8) * scale;
      target[out + j + 16] = (target[out + j + 16] ?? 0) + ((pair >> 4) - 8) * scale;
    }
  }
}
