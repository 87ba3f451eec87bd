import type { Dialect } from '../korean/dialect.ts';
import { bookFrame, candleFrame, tickerFrame, tradeFrame } from './frames.ts';
import { groupTicks } from './levels.ts';
import { errorFrame, readUpbitRequest } from './requests.ts';

/** What Upbit says in its own way. */
export const UPBIT_DIALECT = {
  venue: 'upbit',
  dayOffsetMs: 0,
  bookEveryMs: 100,
  repeatedBooks: 0,
  lateSnapshots: 0,
  messageLimits: [5, 100],
  tooManyMessages: errorFrame('TOO_MANY_REQUEST'),
  read: readUpbitRequest,
  groupTicks,
  trade: tradeFrame,
  ticker: tickerFrame,
  book: bookFrame,
  candle: candleFrame,
} satisfies Dialect;
