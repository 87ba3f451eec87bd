import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Emitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { CandleUpdate } from '#shared/contract/columns.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import { asError } from './as-error.ts';
import { type CandleSeries, createCandleSeries, type SeriesChange } from './candle-series.ts';

const PAGE_LENGTH = 1_000;
const RETRY_MS = 5_000;

export type Loading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: HeartlineError };

export type OlderLoading = Loading | { readonly kind: 'exhausted' };

export interface CandleFeedState {
  readonly instrument: InstrumentId | undefined;
  readonly series: CandleSeries;
  /** The first page. */
  readonly history: Loading;
  /** Pages further back. `ready`: more may be asked for; `exhausted`: the venue has nothing older. */
  readonly older: OlderLoading;
  /** When the stream last spoke, engine wall time; NaN before. */
  readonly receivedAt: number;
}

export interface CandleFeed {
  readonly store: StoreApi<CandleFeedState>;
  /** What became of the series, on the arrival of each batch. */
  readonly changes: Emitter<{ readonly change: SeriesChange; readonly live: boolean }>;
  follow(instrument: InstrumentId, interval: Interval): void;
  loadOlder(): void;
  retry(): void;
  readonly dispose: Undo;
}

/**
 * One chart's candles: a page of history and the live stream, joined so that nothing that arrives
 * while the page is on its way is lost. After a break the latest page is read again to fill it.
 */
export function createCandleFeed(client: ContractClient, clock: Clock): CandleFeed {
  const changes = createEmitter<{ readonly change: SeriesChange; readonly live: boolean }>();
  const store = createStore<CandleFeedState>()(() => ({
    instrument: undefined,
    series: createCandleSeries('1m'),
    history: { kind: 'loading' },
    older: { kind: 'ready' },
    receivedAt: Number.NaN,
  }));
  // Late things die by epoch: an answer for what is no longer followed means nothing.
  let epoch = 0;
  let undoWatch: Undo = () => undefined;
  let cancelRetry: Undo = () => undefined;

  const ask = async (before: number | undefined) => {
    const { instrument, series } = store.getState();
    if (instrument === undefined) throw new HeartlineError('instrument.unknown', 'no instrument is followed');
    const input = { instrument, interval: series.interval, limit: PAGE_LENGTH };
    return client.request('candles.load', before === undefined ? input : { ...input, before });
  };

  const loadLatest = async () => {
    cancelRetry();
    const at = epoch;
    const { series } = store.getState();
    try {
      const page = await ask(undefined);
      if (at !== epoch) return;
      const first = store.getState().history.kind !== 'ready';
      const change = series.addPage(page.candles);
      if (first) {
        store.setState({
          history: { kind: 'ready' },
          older: page.hasOlder ? { kind: 'ready' } : { kind: 'exhausted' },
        });
      }
      changes.emit({ change: first ? { kind: 'all' } : change, live: false });
    } catch (fault) {
      if (at !== epoch) return;
      // What is already shown stays; its freshness tells how old it is.
      if (store.getState().history.kind !== 'ready') {
        store.setState({ history: { kind: 'failed', error: asError(fault) } });
      }
      cancelRetry = clock.after(RETRY_MS, () => void loadLatest());
    }
  };

  const loadOlder = () => {
    const { series, history, older } = store.getState();
    const oldest = series.candles[0];
    if (history.kind !== 'ready' || older.kind !== 'ready' || oldest === undefined) return;
    const at = epoch;
    store.setState({ older: { kind: 'loading' } });
    ask(oldest.openTime).then(
      (page) => {
        if (at !== epoch) return;
        const change = series.addPage(page.candles);
        // A page that brings nothing new would be asked for again without end.
        const more = page.hasOlder && change.kind === 'all';
        store.setState({ older: more ? { kind: 'ready' } : { kind: 'exhausted' } });
        changes.emit({ change, live: false });
      },
      (fault: unknown) => {
        if (at === epoch) store.setState({ older: { kind: 'failed', error: asError(fault) } });
      },
    );
  };

  const hear = (update: CandleUpdate) => {
    const { series, history } = store.getState();
    const change = series.apply(update);
    store.setState({ receivedAt: update.receivedAt });
    // Before the page has come, the series gathers what the stream says and the chart waits.
    if (history.kind === 'ready') changes.emit({ change, live: true });
  };

  const undoStatus = client.onStatus((status) => {
    if (status !== 'open' || store.getState().instrument === undefined) return;
    store.getState().series.restart();
    void loadLatest();
  });

  return {
    store,
    changes,
    follow(instrument, interval) {
      const current = store.getState();
      if (current.instrument === instrument && current.series.interval === interval) return;
      epoch += 1;
      const previous = undoWatch;
      store.setState({
        instrument,
        series: createCandleSeries(interval),
        history: { kind: 'loading' },
        older: { kind: 'ready' },
        receivedAt: Number.NaN,
      });
      undoWatch = client.watch('candles', { instrument, interval }, hear, (error) =>
        store.setState({ history: { kind: 'failed', error } }),
      );
      previous();
      void loadLatest();
    },
    loadOlder,
    retry() {
      const { history, older } = store.getState();
      if (history.kind === 'failed') {
        store.setState({ history: { kind: 'loading' } });
        void loadLatest();
      } else if (older.kind === 'failed') {
        store.setState({ older: { kind: 'ready' } });
        loadOlder();
      }
    },
    dispose() {
      epoch += 1;
      cancelRetry();
      undoStatus();
      undoWatch();
    },
  };
}
