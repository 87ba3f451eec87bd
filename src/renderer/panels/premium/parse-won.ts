const STEPS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  b: 1e9,
  t: 1e12,
  천: 1e3,
  만: 1e4,
  백만: 1e6,
  천만: 1e7,
  억: 1e8,
  조: 1e12,
};
const PART = /(\d+(?:\.\d+)?)(백만|천만|[kmbt천만억조])?/g;

/** Least and most that the engine takes. */
const LEAST_KRW = 10_000;
const MOST_KRW = 1e12;

/** A sum in won as a person types it: `15,000,000`, `15M`, `1500만`, `1억 5천만`. `undefined` where it is none, or out of bounds. */
export function parseWon(typed: string): number | undefined {
  const text = typed
    .toLowerCase()
    .replaceAll(/[\s,₩원]/g, '')
    .replace(/krw$/, '');
  const parts = [...text.matchAll(PART)];
  if (text === '' || parts.map(([part]) => part).join('') !== text) return undefined;
  // Steps fall from part to part, or a slip of the finger would be added up.
  let sum = 0;
  let above = Number.POSITIVE_INFINITY;
  for (const [, digits = '', unit] of parts) {
    const step = unit === undefined ? 1 : (STEPS[unit] ?? Number.NaN);
    if (!(step < above)) return undefined;
    above = step;
    sum += Number(digits) * step;
  }
  const won = Math.round(sum);
  return won >= LEAST_KRW && won <= MOST_KRW ? won : undefined;
}
