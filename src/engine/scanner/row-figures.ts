import type { Clock } from '#shared/base/clock.ts';
import type { WatchSource } from '#shared/contract/api.ts';
import { type Instrument, type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { coinOf } from '#shared/domain/premium.ts';
import { type RowFigures, SPARK_POINTS } from '#shared/domain/scanner.ts';
import type { MarketList } from '../market/market-list.ts';
import { crossRates, type Quoted } from './cross-rates.ts';
import { createSparkLines } from './spark-lines.ts';

/** Premiums are told anew this often, seconds; prices go into the sparklines with them. */
const EVERY_S = 5;
/** A price older than this is no side of a premium. */
const OLDEST_MS = 60_000;

interface Asked {
  readonly instruments: readonly InstrumentId[];
  readonly sparks: readonly InstrumentId[];
}

/** What a watchlist shows besides tickers. Opens no stream: premiums are of what is followed anyway. */
export function createRowFigures(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  /** NaN: none, or an old one. */
  readonly krwPerUsd: () => number;
  /** What the scanner knows, as far as it is to be believed. */
  readonly scanned: () => Iterable<Quoted>;
}) {
  const { clock, markets, krwPerUsd, scanned } = options;
  const watchers = new Map<() => void, Asked>();
  const marketOf = (venue: string) => markets.all.find((market) => market.venue.id === venue);
  const lines = createSparkLines({
    clock,
    marketOf,
    onCome() {
      for (const tell of watchers.keys()) tell();
    },
  });
  let isDueIn = EVERY_S;

  function quoted(instrument: InstrumentId): Quoted | undefined {
    const row = marketOf(venueOf(instrument))?.row(instrument);
    if (!row || !(clock.now() - row.lastReceivedAt <= OLDEST_MS)) return undefined;
    return { instrument: partsOf(instrument), last: row.last, quoteVolume: row.quoteVolume24h };
  }

  /** The rows themselves, and the same coins wherever else they are followed. */
  function* followed(instruments: readonly InstrumentId[]): Iterable<Quoted> {
    const coins = new Set(instruments.map((one) => coinOf(partsOf(one).base).coin));
    const others = markets.all.flatMap(({ venue }) =>
      [...coins].flatMap((coin) =>
        ['KRW', 'USDT', 'USDT-PERP'].map((end) => `${venue.id}:${coin}-${end}` as InstrumentId),
      ),
    );
    for (const instrument of new Set([...instruments, ...others])) {
      const one = quoted(instrument);
      if (one) yield one;
    }
    yield* scanned();
  }

  function view({ instruments, sparks }: Asked): RowFigures {
    const rates = crossRates(followed(instruments), krwPerUsd());
    const points = new Float64Array(sparks.length * SPARK_POINTS);
    for (const [row, instrument] of sparks.entries()) lines.read(instrument, points, row * SPARK_POINTS);
    return {
      instruments,
      premium: Float64Array.from(instruments, (instrument) => {
        const own = quoted(instrument);
        return own ? rates.premium(own) : Number.NaN;
      }),
      sparks,
      points,
    };
  }

  function watch(asked: Asked, changed: () => void): WatchSource<RowFigures> {
    let isDue = true;
    const tell = () => {
      isDue = true;
      changed();
    };
    watchers.set(tell, asked);
    noteAll(asked);
    lines.want(asked.sparks);
    return {
      take() {
        if (!isDue) return undefined;
        isDue = false;
        return view(asked);
      },
      dispose() {
        watchers.delete(tell);
      },
    };
  }

  function noteAll({ sparks }: Asked): void {
    for (const instrument of sparks) lines.note(instrument, quoted(instrument)?.last ?? Number.NaN);
  }

  return {
    watch,
    second() {
      isDueIn -= 1;
      if (isDueIn > 0) return;
      isDueIn = EVERY_S;
      for (const [tell, asked] of watchers) {
        noteAll(asked);
        lines.want(asked.sparks);
        tell();
      }
    },
    dispose: () => lines.dispose(),
  };
}

/** `binance:BTC-USDT-PERP` by its name alone. */
function partsOf(id: InstrumentId): Pick<Instrument, 'id' | 'base' | 'quote' | 'kind'> {
  const [base = '', quote = '', end] = instrumentName(id).split('-');
  return { id, base, quote, kind: end === undefined ? 'spot' : end === 'PERP' ? 'perpetual' : 'future' };
}
