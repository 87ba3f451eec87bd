import type { Facade } from './facade.ts';
import { type Answer, json } from './http.ts';
import { KrwRates } from './krw-rates.ts';

/** Venues whose prices are in won. */
const KOREAN: readonly string[] = ['upbit', 'bithumb'];

/**
 * `/_sim/truth/fx`: the official rate and every Korean venue's premium now, or at `time` (ms epoch): the oracle for
 * what a premium comes to. `/_sim/fx`: the rate alone, as a source of exchange rates tells it, `asOf` in ms epoch.
 */
export function answerFx(facades: ReadonlyMap<string, Facade>, url: URL): Answer | undefined {
  if (url.pathname !== '/_sim/fx' && url.pathname !== '/_sim/truth/fx') return undefined;
  const [market] = [...facades.values()].flatMap((facade) => [...facade.markets.values()]);
  if (!market) return json({ error: 'There is no market.' }, 404);
  const asked = url.searchParams.get('time');
  const time = asked === null ? Math.floor(market.now) : Number(asked);
  if (!Number.isSafeInteger(time) || time < 0)
    return json({ error: '"time" must be a time in milliseconds.' }, 400);
  const rates = new KrwRates(market.seed);
  const krwPerUsd = rates.krwPerUsd(time);
  if (url.pathname === '/_sim/fx') return json({ base: 'USD', quote: 'KRW', krwPerUsd, asOf: time });
  const premiums = KOREAN.filter((venue) => facades.has(venue)).map((venue) => [
    venue,
    rates.premium(venue, time),
  ]);
  return json({ time, krwPerUsd, premiums: Object.fromEntries(premiums) });
}
