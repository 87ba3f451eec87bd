// How often a price is known already when a desk wants it: a watchlist of twenty, warmed at the start, and a person who
// looks at another instrument every twenty seconds for an hour, one time in five at one that is not on the list. Invented
// time; the sources of market data are the engine's own. Prints one JSON. `node bench/price-cache.ts [minutes]`
import { createEventLog } from '../src/engine/health/event-log.ts';
import { createDataSources } from '../src/engine/market/data-sources.ts';
import { createRestGuard } from '../src/engine/market/rest-guard.ts';
import { type InstrumentId, instrumentId } from '../src/shared/domain/instrument.ts';
import type { TickerEvent } from '../src/shared/domain/market-data.ts';
import type { StreamKey } from '../src/shared/domain/stream-key.ts';
import { createVirtualClock } from '../src/shared/test-kit/virtual-clock.ts';
import { Random } from '../src/simulator/random.ts';
import { binance } from '../src/venues/binance/index.ts';

const GOAL = 0.8;
const VISIT_S = 20;
const [minutesText = '60'] = process.argv.slice(2);
const clock = createVirtualClock();
const log = createEventLog(clock);
const random = new Random(4);
const named = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => instrumentId(`binance:${prefix}${index}-USDT-PERP`));
const watchlist = named(20, 'W');
const others = named(30, 'O');
const live = new Set<InstrumentId>();
let asked = 0;

const tickerOf = (instrument: InstrumentId): TickerEvent => ({
  kind: 'ticker',
  instrument,
  venueTime: clock.now(),
  receivedAt: clock.now(),
  last: 1,
  open: 1,
  high: 1,
  low: 1,
  volume: 1,
  quoteVolume: 1,
});
const sources = createDataSources({
  venue: binance,
  clock,
  log,
  rest: {
    async call(call) {
      asked += 1;
      const symbol = new URLSearchParams(call.path.split('?')[1]).get('symbol') ?? '';
      return tickerOf(instrumentId(`binance:${symbol.replace('USDT', '')}-USDT-PERP`)) as never;
    },
  },
  guard: createRestGuard({ clock, log, venue: 'Binance' }),
  settings: () => ({ ticker: 'auto', book: 'auto', trade: 'auto', candle: 'auto' }),
  pool: {
    want: ({ instrument }) => void live.add(instrument),
    drop: ({ instrument }) => void live.delete(instrument),
    health: () => [],
  },
  isPaused: () => false,
  apply: (event) => sources.note(event),
  interrupted: () => undefined,
  candles: () => undefined,
  onTrades: () => undefined,
  onFault: (fault) => {
    throw fault;
  },
});

const streamOf = (instrument: InstrumentId): StreamKey => ({ kind: 'ticker', instrument });
function want(instrument: InstrumentId): void {
  if (!live.has(instrument)) sources.want(streamOf(instrument));
  sources.look(streamOf(instrument));
}
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    // The venue tells each ticker every two seconds.
    if (second % 2 === 0) for (const instrument of live) sources.note(tickerOf(instrument));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
const oneOf = (all: readonly InstrumentId[]) => all[Math.floor(random.next() * all.length)] as InstrumentId;

sources.warm(watchlist);
await pass(2);
for (const instrument of watchlist) want(instrument);
for (let visit = 0; visit < (Number(minutesText) * 60) / VISIT_S; visit += 1) {
  const isListed = random.next() < 0.8;
  const instrument = oneOf(isListed ? watchlist : others);
  want(instrument);
  await pass(VISIT_S);
  if (!isListed) sources.drop(streamOf(instrument));
}
const { hits, misses, hitRate } = sources.cache;
process.stdout.write(
  `${JSON.stringify({
    bench: 'price-cache',
    minutes: Number(minutesText),
    reads: hits + misses,
    restQuestions: asked,
    hitRate: Math.round(hitRate * 1000) / 1000,
    goal: GOAL,
    met: hitRate >= GOAL,
  })}\n`,
);
process.exit(hitRate >= GOAL ? 0 : 1);
