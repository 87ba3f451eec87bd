import { krwCoins } from '../krw-coins.ts';
import { BITHUMB_BANDS } from '../krw-ticks.ts';

/** What Bithumb lists, all against won. Its books show four digits: what is less than half of the last shows as 0. */
export const BITHUMB_COINS = krwCoins({
  venue: 'bithumb',
  bands: BITHUMB_BANDS,
  share: 0.25,
  thin: { KAIA: 10, FLOW: 12, EGLD: 14 },
  crumbs: { BTC: { share: 0.45, below: 0.00005 }, ETH: { share: 0.1, below: 0.00005 } },
});
