import type { Undo } from '#shared/base/emitter.ts';
import { freshnessOf } from '#shared/domain/freshness.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import { streamKeyText } from '#shared/domain/stream-key.ts';
import { errorText } from '../../i18n/text-for.ts';
import { type CandleFeed, createCandleFeed } from '../../stores/candle-feed.ts';
import type { Desk } from '../../stores/desk.ts';
import type { ChartView } from './chart-view-port.ts';
import { INK_NAMES } from './inks.ts';
import type { ComparedReading } from './side-legend.ts';

/** Candles of the instruments a chart is compared with: each its own feed, with its own age and holes. */
export interface ComparedFeeds {
  follow(instruments: readonly InstrumentId[], interval: Interval): void;
  /** The chart's oldest candle: theirs go back as far where the venue has them. */
  reach(oldest: number): void;
  readings(time: number | undefined): readonly ComparedReading[];
  readonly dispose: Undo;
}

interface Followed {
  readonly instrument: InstrumentId;
  readonly feed: CandleFeed;
  readonly undos: Undo[];
}

export function createComparedFeeds(
  desk: Pick<Desk, 'client' | 'clock' | 'pulse'>,
  view: ChartView,
  onChange: () => void,
): ComparedFeeds {
  let followed: Followed[] = [];
  let needed = Infinity;
  const inkOf = (index: number) => INK_NAMES[(index + 1) % INK_NAMES.length] ?? 'amber';
  const show = () => {
    view.showCompared(
      followed.map(({ instrument, feed }, index) => ({
        instrument,
        series: feed.store.getState().series,
        ink: inkOf(index),
      })),
    );
    onChange();
  };
  const reachBack = () => {
    for (const { feed } of followed) {
      const { series, older } = feed.store.getState();
      const first = series.candles[0]?.openTime;
      if (first !== undefined && first > needed && older.kind === 'ready') feed.loadOlder();
    }
  };
  const open = (instrument: InstrumentId): Followed => {
    const feed = createCandleFeed(desk.client, desk.clock);
    const one: Followed = { instrument, feed, undos: [] };
    one.undos.push(
      feed.changes.on(({ change }) => {
        const { candles } = feed.store.getState().series;
        const isTick = change.kind === 'from' && change.index >= candles.length - 1;
        if (isTick) view.tickCompared(followed.indexOf(one));
        else show();
        reachBack();
        onChange();
      }),
      feed.dispose,
    );
    return one;
  };
  const close = ({ undos }: Followed) => {
    for (const undo of undos) undo();
  };
  return {
    follow(instruments, interval) {
      const held = new Map(followed.map((one) => [one.instrument, one]));
      followed = instruments.map((instrument) => held.get(instrument) ?? open(instrument));
      for (const one of held.values()) if (!followed.includes(one)) close(one);
      for (const { instrument, feed } of followed) feed.follow(instrument, interval);
      show();
    },
    reach(oldest) {
      needed = oldest;
      reachBack();
    },
    readings: (time) =>
      followed.map(({ instrument, feed }, index) => {
        const { series, history, receivedAt } = feed.store.getState();
        const { index: streams, now, engineSilentMs } = desk.pulse.getState();
        const key = streamKeyText({ kind: 'candle', instrument, interval: series.interval });
        const last = series.candles.at(-1);
        const fresh =
          last === undefined
            ? 'unknown'
            : freshnessOf({
                receivedAt: Number.isNaN(receivedAt) ? last.openTime : receivedAt,
                now,
                engineSilentMs,
                stream: streams.stream(key)?.state,
                lateAfterMs: Infinity,
                staleAfterMs: Infinity,
              });
        return {
          instrument,
          ink: inkOf(index),
          percent: view.comparedAt(index, time),
          fresh,
          fault: history.kind === 'failed' ? errorText(history.error) : undefined,
          missing: series.holes().reduce((sum, hole) => sum + hole.count, 0),
        };
      }),
    dispose() {
      for (const one of followed) close(one);
      followed = [];
    },
  };
}
