import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';

/** The newest figures of one instrument, from whichever stream told them last. NaN: not known. */
export interface TickerRow {
  last: number;
  open24h: number;
  high24h: number;
  low24h: number;
  quoteVolume24h: number;
  bid: number;
  ask: number;
  mark: number;
  index: number;
  fundingRate: number;
  nextFundingTime: number;
  /** Wall ms epoch of the frame that told `last`; and of the 24 h figures, bid and ask, mark and funding. */
  lastReceivedAt: number;
  dayReceivedAt: number;
  topReceivedAt: number;
  markReceivedAt: number;
}

export interface TickerRows {
  /** Applies ticker, top, trade and mark events; true when the row changed. Others are ignored. */
  apply(event: MarketEvent): boolean;
  /** The stream broke or ended: a venue that started anew may count from the beginning. What is known stays, with its age. */
  interrupted(stream: StreamKey): void;
  row(instrument: InstrumentId): TickerRow | undefined;
}

export function createTickerRows(): TickerRows {
  const rows = new Map<InstrumentId, TickerRow>();
  /** Venue time of what `last` came from: a late 24 h ticker must not overwrite a newer trade. */
  const lastAt = new Map<InstrumentId, number>();
  const topIds = new Map<InstrumentId, number>();

  function rowOf(instrument: InstrumentId): TickerRow {
    const known = rows.get(instrument);
    if (known) return known;
    const row = emptyRow();
    rows.set(instrument, row);
    return row;
  }

  function setLast(
    row: TickerRow,
    told: { readonly instrument: InstrumentId; readonly venueTime: number; readonly receivedAt: number },
    price: number,
  ): void {
    // An older figure says nothing about the price now, but that it came says that the price has not moved since.
    row.lastReceivedAt = told.receivedAt;
    if (told.venueTime < (lastAt.get(told.instrument) ?? 0)) return;
    lastAt.set(told.instrument, told.venueTime);
    row.last = price;
  }

  return {
    apply(event) {
      switch (event.kind) {
        case 'ticker': {
          const row = rowOf(event.instrument);
          row.open24h = event.open;
          row.high24h = event.high;
          row.low24h = event.low;
          row.quoteVolume24h = event.quoteVolume;
          row.dayReceivedAt = event.receivedAt;
          setLast(row, event, event.last);
          return true;
        }
        case 'trade': {
          if (event.offBook) return false;
          const row = rowOf(event.instrument);
          setLast(row, event, event.price);
          return true;
        }
        case 'top': {
          if (event.updateId < (topIds.get(event.instrument) ?? 0)) return false;
          topIds.set(event.instrument, event.updateId);
          const row = rowOf(event.instrument);
          row.bid = event.bidPrice;
          row.ask = event.askPrice;
          row.topReceivedAt = event.receivedAt;
          return true;
        }
        case 'mark': {
          const row = rowOf(event.instrument);
          row.mark = event.markPrice;
          row.index = event.indexPrice;
          row.fundingRate = event.fundingRate ?? Number.NaN;
          row.nextFundingTime = event.nextFundingTime ?? Number.NaN;
          row.markReceivedAt = event.receivedAt;
          return true;
        }
        default:
          return false;
      }
    },
    interrupted({ kind, instrument }) {
      if (kind === 'top') topIds.delete(instrument);
      if (kind === 'ticker' || kind === 'trade') lastAt.delete(instrument);
    },
    row: (instrument) => rows.get(instrument),
  };
}

function emptyRow(): TickerRow {
  const unknown = Number.NaN;
  return {
    last: unknown,
    open24h: unknown,
    high24h: unknown,
    low24h: unknown,
    quoteVolume24h: unknown,
    bid: unknown,
    ask: unknown,
    mark: unknown,
    index: unknown,
    fundingRate: unknown,
    nextFundingTime: unknown,
    lastReceivedAt: unknown,
    dayReceivedAt: unknown,
    topReceivedAt: unknown,
    markReceivedAt: unknown,
  };
}
