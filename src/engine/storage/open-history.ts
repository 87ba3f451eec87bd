import { messageOf } from '#shared/base/errors.ts';
import { type CandleStore, type CandleStoreOptions, openCandleStore } from './candle-store.ts';

/** The candle store, or none where the disk cannot hold one: the desk goes on without a memory, and says so. */
export function openHistory(options: CandleStoreOptions): CandleStore | undefined {
  try {
    return openCandleStore(options);
  } catch (fault) {
    options.log.add('error', 'history.unusable', messageOf(fault));
    return undefined;
  }
}
