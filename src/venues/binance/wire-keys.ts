// The keys of the hot events as `ByteCursor.key` reads them: one letter is its character code, two are the first × 256
// plus the second. LOW_ marks lower case.
export const E = 0x45;
export const T = 0x54;
export const S = 0x73;
export const U = 0x55;
export const LOW_U = 0x75;
export const PU = 0x7075;
export const B = 0x42;
export const LOW_B = 0x62;
export const A = 0x41;
export const LOW_A = 0x61;
export const P = 0x70;
export const Q = 0x71;
export const NQ = 0x6e71;
export const F = 0x66;
export const L = 0x6c;
export const M = 0x6d;
export const LOW_T = 0x74;
export const LOW_D = 0x64;
export const X = 0x58;
export const ST = 0x7374;
export const PS = 0x7073;
