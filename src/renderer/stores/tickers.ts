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
  readonly bid: number;
  readonly ask: number;
  readonly mark: number;
  readonly index: number;
  readonly fundingRate: number;
  readonly nextFundingTime: number;
  /** When `last` arrived; the others may come from streams that live or die on their own. */
  readonly lastReceivedAt: number;
  readonly dayReceivedAt: number;
  readonly topReceivedAt: number;
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
  /**
   * Follows these as long as anybody holds them. Rows nobody holds are forgotten, so that none shows an old number later.
   * What is held and let go within one task makes one change of what the engine is asked.
   */
  hold(instruments: Iterable<InstrumentId>): Undo;
  readonly dispose: Undo;
}

/**
 * One watch each: an instrument more or less asks for these rows anew, not for a thousand. And the contract lets one watch
 * name a thousand at most.
 */
const SHEET_ROWS = 200;

interface Sheet {
  readonly instruments: Set<InstrumentId>;
  isChanged: boolean;
  undo: Undo;
}

export function createTickers(client: ContractClient): Tickers {
  const rows = new Map<InstrumentId, TickerRow>();
  const store = createStore<TickersState>()(() => ({ rows, changed: [], error: undefined }));
  const holders = new Map<InstrumentId, number>();
  const sheetOf = new Map<InstrumentId, Sheet>();
  let sheets: Sheet[] = [];
  let isDue = false;
  let isDisposed = false;

  function arrange(): void {
    isDue = false;
    if (isDisposed) return;
    for (const [instrument, sheet] of sheetOf) if (!holders.has(instrument)) leave(instrument, sheet);
    for (const instrument of holders.keys()) if (!sheetOf.has(instrument)) enter(instrument);
    for (const sheet of sheets) if (sheet.isChanged) open(sheet);
    sheets = sheets.filter(({ instruments }) => instruments.size > 0);
  }

  function leave(instrument: InstrumentId, sheet: Sheet): void {
    sheetOf.delete(instrument);
    sheet.instruments.delete(instrument);
    sheet.isChanged = true;
    rows.delete(instrument);
  }

  function enter(instrument: InstrumentId): void {
    let sheet = sheets.find(({ instruments }) => instruments.size < SHEET_ROWS);
    if (sheet === undefined) {
      sheet = { instruments: new Set(), isChanged: true, undo: () => undefined };
      sheets.push(sheet);
    }
    sheet.instruments.add(instrument);
    sheet.isChanged = true;
    sheetOf.set(instrument, sheet);
  }

  function open(sheet: Sheet): void {
    sheet.isChanged = false;
    if (store.getState().error) store.setState({ changed: [], error: undefined });
    // The new watch opens before the old one ends, so that the engine never unsubscribes what both want.
    const previous = sheet.undo;
    sheet.undo =
      sheet.instruments.size === 0
        ? () => undefined
        : client.watch(
            'tickers',
            { instruments: [...sheet.instruments] },
            (update) => {
              // What is on its way while a row is let go must not bring it back.
              addTickerRows(rows, update, holders);
              store.setState({ changed: update.instruments });
            },
            (error) => store.setState({ error }),
          );
    previous();
  }

  function change(): void {
    if (isDue) return;
    isDue = true;
    queueMicrotask(arrange);
  }

  return {
    store,
    hold(instruments) {
      const held = new Set(instruments);
      for (const instrument of held) holders.set(instrument, (holders.get(instrument) ?? 0) + 1);
      change();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        for (const instrument of held) {
          const left = (holders.get(instrument) ?? 1) - 1;
          if (left > 0) holders.set(instrument, left);
          else holders.delete(instrument);
        }
        change();
      };
    },
    dispose() {
      isDisposed = true;
      for (const sheet of sheets) sheet.undo();
    },
  };
}

function addTickerRows(
  rows: Map<InstrumentId, TickerRow>,
  update: TickerColumns,
  held: { has(instrument: InstrumentId): boolean },
): void {
  for (const [row, instrument] of update.instruments.entries()) {
    if (!held.has(instrument)) continue;
    rows.set(instrument, {
      last: update.last[row] ?? Number.NaN,
      open24h: update.open24h[row] ?? Number.NaN,
      high24h: update.high24h[row] ?? Number.NaN,
      low24h: update.low24h[row] ?? Number.NaN,
      quoteVolume24h: update.quoteVolume24h[row] ?? Number.NaN,
      bid: update.bid[row] ?? Number.NaN,
      ask: update.ask[row] ?? Number.NaN,
      mark: update.mark[row] ?? Number.NaN,
      index: update.index[row] ?? Number.NaN,
      fundingRate: update.fundingRate[row] ?? Number.NaN,
      nextFundingTime: update.nextFundingTime[row] ?? Number.NaN,
      lastReceivedAt: update.lastReceivedAt[row] ?? Number.NaN,
      dayReceivedAt: update.dayReceivedAt[row] ?? Number.NaN,
      topReceivedAt: update.topReceivedAt[row] ?? Number.NaN,
      markReceivedAt: update.markReceivedAt[row] ?? Number.NaN,
    });
  }
}
