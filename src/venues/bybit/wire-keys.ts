/** A key of up to four letters as one integer, the last letter lowest: `ts` → 0x7473. */
function packedKey(letters: string): number {
  let packed = 0;
  for (const letter of letters) packed = (packed << 8) | letter.charCodeAt(0);
  return packed;
}

// The keys of the frames that come by the hundred, as `FrameFields.key` reads them. LOW_ marks lower case.
export const TYPE = packedKey('type');
export const TS = packedKey('ts');
export const CTS = packedKey('cts');
export const CS = packedKey('cs');
export const DATA = packedKey('data');
export const LOW_S = packedKey('s');
export const LOW_B = packedKey('b');
export const LOW_A = packedKey('a');
export const LOW_U = packedKey('u');
export const SEQ = packedKey('seq');
export const T = packedKey('T');
export const S = packedKey('S');
export const LOW_V = packedKey('v');
export const LOW_P = packedKey('p');
export const LOW_I = packedKey('i');
export const TICK = packedKey('L');
export const BLOCK = packedKey('BT');
export const RPI = packedKey('RPI');
