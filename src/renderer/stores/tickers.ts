import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { TickerColumns } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';

/** One instrument's figures as the engine last gave them. NaN: not known. */
export interface TickerRow {
  readonly last: number;
  readonly open24h: number;
  readonly high24h: number;
  readonly low24h: number;
  readonly quoteVolume24h: number;
  readonly mark: number;
  readonly index: number;
  readonly fundingRate: number;
  readonly nextFundingTime: number;
  /** When `last` arrived; the others may come from streams that live or die on their own. */
  readonly lastReceivedAt: number;
  readonly dayReceivedAt: number;
  readonly markReceivedAt: number;
}

/** `rows` is filled in place (painters read it once per frame); `changed` names what the last update brought. */
export interface TickersState {
  readonly rows: ReadonlyMap<InstrumentId, TickerRow>;
  readonly changed: readonly InstrumentId[];
  readonly error: HeartlineError | undefined;
}

export interface Tickers {
  readonly store: StoreApi<TickersState>;
  /** Watches exactly these from now on. Rows of the others are forgotten, so that none shows an old number later. */
  follow(instruments: readonly InstrumentId[]): void;
  readonly dispose: Undo;
}

export function createTickers(client: ContractClient): Tickers {
  const rows = new Map<InstrumentId, TickerRow>();
  const store = createStore<TickersState>()(() => ({ rows, changed: [], error: undefined }));
  let undo: Undo = () => undefined;
  let followed = '';

  return {
    store,
    follow(instruments) {
      const wanted = [...new Set(instruments)].sort();
      if (wanted.join(' ') === followed) return;
      followed = wanted.join(' ');
      for (const instrument of rows.keys()) if (!wanted.includes(instrument)) rows.delete(instrument);
      store.setState({ changed: [], error: undefined });
      // The new watch opens before the old one ends, so that the engine never unsubscribes what both want.
      const previous = undo;
      undo = client.watch(
        'tickers',
        { instruments: wanted },
        (update) => {
          addTickerRows(rows, update);
          store.setState({ changed: update.instruments });
        },
        (error) => store.setState({ error }),
      );
      previous();
    },
    dispose: () => undo(),
  };
}

function addTickerRows(rows: Map<InstrumentId, TickerRow>, update: TickerColumns): void {
  for (const [row, instrument] of update.instruments.entries()) {
    rows.set(instrument, {
      last: update.last[row] ?? Number.NaN,
      open24h: update.open24h[row] ?? Number.NaN,
      high24h: update.high24h[row] ?? Number.NaN,
      low24h: update.low24h[row] ?? Number.NaN,
      quoteVolume24h: update.quoteVolume24h[row] ?? Number.NaN,
      mark: update.mark[row] ?? Number.NaN,
      index: update.index[row] ?? Number.NaN,
      fundingRate: update.fundingRate[row] ?? Number.NaN,
      nextFundingTime: update.nextFundingTime[row] ?? Number.NaN,
      lastReceivedAt: update.lastReceivedAt[row] ?? Number.NaN,
      dayReceivedAt: update.dayReceivedAt[row] ?? Number.NaN,
      markReceivedAt: update.markReceivedAt[row] ?? Number.NaN,
    });
  }
}
