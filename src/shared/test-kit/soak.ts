/** `npm run test:soak` sets HEARTLINE_SOAK: the long share of what `npm test` runs a short one of. */
export const IS_SOAK = process.env['HEARTLINE_SOAK'] === '1';

/** So many runs in `npm test`, so many in the soak. */
export function runs(share: number, soak: number): number {
  return IS_SOAK ? soak : share;
}
