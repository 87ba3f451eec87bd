import { utcText } from '#shared/base/utc-text.ts';
import { isCount, isWireObject, type WireObject } from '#shared/base/wire.ts';

// The legacy API (1.0) still answers, without documentation. Nothing here asks it; but recordings hold its bodies, and
// what they say is the same: they are put into the words of 2.x.

/** What lies beyond has five digits in its year. */
const LAST_TIME = 253_402_300_799_999;

/** The body of `/public/candlestick` as candles of 2.x; any other body as it is. Rows are [time, open, close, high, low, volume]. */
export function modernCandles(body: unknown, symbol: string): unknown {
  const rows = dataOf(body);
  if (!Array.isArray(rows)) return body;
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) return row;
    const [time, open, close, high, low, volume] = row as readonly unknown[];
    if (!isCount(time) || time > LAST_TIME) return row;
    return {
      market: symbol,
      candle_date_time_utc: utcText(time),
      opening_price: open,
      high_price: high,
      low_price: low,
      trade_price: close,
      candle_acc_trade_volume: volume,
    };
  });
}

/** The body of `/public/orderbook` as a book of 2.x; any other body as it is. */
export function modernBook(body: unknown): unknown {
  const book = dataOf(body);
  if (!isWireObject(book) || !Array.isArray(book['bids']) || !Array.isArray(book['asks'])) return body;
  const { bids, asks } = book as { readonly bids: readonly unknown[]; readonly asks: readonly unknown[] };
  const level = (side: readonly unknown[], index: number): WireObject => {
    const found = side[index];
    return isWireObject(found) ? found : { price: 0, quantity: 0 };
  };
  const units = Array.from({ length: Math.max(bids.length, asks.length) }, (_, index) => ({
    ask_price: level(asks, index)['price'],
    bid_price: level(bids, index)['price'],
    ask_size: level(asks, index)['quantity'],
    bid_size: level(bids, index)['quantity'],
  }));
  return [
    {
      market: `${book['payment_currency']}-${book['order_currency']}`,
      timestamp: book['timestamp'],
      orderbook_units: units,
    },
  ];
}

function dataOf(body: unknown): unknown {
  return isWireObject(body) && body['status'] === '0000' ? body['data'] : undefined;
}
