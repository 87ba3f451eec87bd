/**
 * Leaves on the document when the first live candle after the history was on the screen
 * (`performance.now()`): the start-up benchmark reads it.
 */
export function markFirstLiveCandle(): void {
  const { dataset } = document.documentElement;
  if (dataset['firstLiveCandle'] !== undefined) return;
  // The chart paints in the next frame; the frame after that one has begun once it is painted.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      dataset['firstLiveCandle'] ??= String(performance.now());
    }),
  );
}
