import type { Dialect } from '../korean/dialect.ts';
import { KST_OFFSET_MS } from '../korean/korean-time.ts';
import { bookFrame, tickerFrame, tradeFrame } from './frames.ts';
import { groupTicks } from './levels.ts';
import { errorFrame, readBithumbRequest } from './requests.ts';

/** What Bithumb says in its own way. */
export const BITHUMB_DIALECT = {
  venue: 'bithumb',
  dayOffsetMs: KST_OFFSET_MS,
  bookEveryMs: 100,
  repeatedBooks: 0.45,
  lateSnapshots: 0.15,
  messageLimits: undefined,
  tooManyMessages: errorFrame('WRONG_FORMAT'),
  read: readBithumbRequest,
  groupTicks,
  trade: tradeFrame,
  ticker: tickerFrame,
  book: bookFrame,
  candle: () => undefined,
} satisfies Dialect;
