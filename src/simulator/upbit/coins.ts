import { krwCoins } from '../krw-coins.ts';
import { UPBIT_BANDS } from '../krw-ticks.ts';

/** What Upbit lists, all against won. */
export const UPBIT_COINS = krwCoins({
  venue: 'upbit',
  bands: UPBIT_BANDS,
  share: 0.45,
  thin: { KAIA: 22, FLOW: 26 },
  crumbs: {},
});
