import type { Clock } from '#shared/base/clock.ts';
import { plainNumber } from '#shared/base/decimal.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { Position } from '#shared/domain/account.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { MarketList } from '../market/market-list.ts';
import { positionFigures } from './position-figures.ts';

/** Positions at the desk's own mark prices, between two words of the venue. */
export interface PositionEstimates {
  /** The position as the venue told it, or with a newer price where there is one. The same object while nothing changed. */
  read(row: Position, margin: string | undefined): Position;
  /** Watches the mark prices of these instruments, and of no others any more. */
  hold(instruments: ReadonlySet<InstrumentId>): void;
  dispose(): void;
}

/** Mark prices come every second or so: one older than this is no better than the venue's own figure. */
const FRESH_MS = 10_000;
const EVERY_MS = 250;

export function createPositionEstimates(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  /** Prices of held instruments changed: at most four times a second. */
  readonly onChange: () => void;
}): PositionEstimates {
  const { clock, markets } = options;
  const held = new Map<InstrumentId, Undo>();
  const known = new WeakMap<Position, Position>();
  /** What `read` goes by: taken over four times a second, however often prices come. */
  const prices = new Map<InstrumentId, { readonly mark: number; readonly receivedAt: number }>();
  let dirty = new Set<InstrumentId>();
  let cancel: Undo | undefined;

  function settle(): void {
    cancel = undefined;
    for (const instrument of dirty) {
      const row = markOf(instrument);
      if (row) prices.set(instrument, row);
    }
    dirty = new Set();
    options.onChange();
  }

  function touch(instrument: InstrumentId): void {
    if (!held.has(instrument)) return;
    dirty.add(instrument);
    cancel ??= clock.after(EVERY_MS, settle);
  }

  const leave = markets.watchEach((market) =>
    market.onChange((change) => {
      if (change.kind === 'ticker') touch(change.instrument);
    }),
  );

  function markOf(instrument: InstrumentId) {
    const market = markets.all.find(({ venue }) => venue.id === venueOf(instrument));
    const row = market?.row(instrument);
    return row && row.mark > 0 ? { mark: row.mark, receivedAt: row.markReceivedAt } : undefined;
  }

  function release(instrument: InstrumentId): void {
    held.get(instrument)?.();
    held.delete(instrument);
    prices.delete(instrument);
    dirty.delete(instrument);
  }

  return {
    read(row, margin) {
      const price = prices.get(row.instrument);
      if (!price || price.receivedAt <= row.receivedAt || clock.now() - price.receivedAt > FRESH_MS)
        return row;
      const markPrice = plainNumber(price.mark);
      const before = known.get(row);
      if (before?.markPrice === markPrice && before.receivedAt === price.receivedAt) return before;
      const estimate: Position = {
        ...row,
        ...positionFigures({ ...row, markPrice, margin }),
        markPrice,
        isEstimated: true,
        source: 'estimate',
        receivedAt: price.receivedAt,
      };
      known.set(row, estimate);
      return estimate;
    },
    hold(instruments) {
      for (const instrument of [...held.keys()]) if (!instruments.has(instrument)) release(instrument);
      for (const instrument of instruments) {
        if (held.has(instrument)) continue;
        const market = markets.all.find(({ venue }) => venue.id === venueOf(instrument));
        if (!market) continue;
        held.set(instrument, market.hold({ kind: 'mark', instrument }));
        touch(instrument);
      }
    },
    dispose() {
      leave();
      cancel?.();
      for (const instrument of [...held.keys()]) release(instrument);
    },
  };
}
