/** As the engine takes them. */
const LEAST = 1;
const MOST = 100_000;
/** A typed rate further than this from every other price of a dollar is more likely a slip than a market. */
const FAR = 0.2;

/** KRW for one dollar as typed (`1,392.4`); `undefined` where it is none. */
export function parseRate(typed: string): number | undefined {
  const text = typed.replaceAll(/[\s,]/g, '');
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const rate = Number(text);
  return rate >= LEAST && rate <= MOST ? rate : undefined;
}

/** Whether no price of a dollar (tether's here, the rate so far; NaN where unknown) comes near. */
export function isFarOff(rate: number, dollarPrices: readonly number[]): boolean {
  const known = dollarPrices.filter((price) => price > 0);
  return known.length > 0 && known.every((price) => Math.abs(rate / price - 1) > FAR);
}
