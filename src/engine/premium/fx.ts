import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import { type FxRate, isFxStale } from '#shared/domain/premium.ts';
import type { EventLog } from '../health/event-log.ts';
import type { SettingsFile } from '../settings.ts';

/** Where the won's official price can be asked for. Throws when it cannot. */
export interface FxFeed {
  readonly source: 'feed' | 'simulator';
  /** KRW for one US dollar, and when it was told, wall ms. */
  load(): Promise<{ readonly krwPerUsd: number; readonly asOf: number }>;
}

export interface Fx {
  rate(): FxRate;
  /** A rate older than this is no basis for anything: banks move it every few minutes, a person types it once a day. */
  isStale(now: number): boolean;
  write(krwPerUsd: number | null): FxRate;
  dispose(): void;
}

const EVERY_MS = 60_000;
const NONE: FxRate = { krwPerUsd: Number.NaN, asOf: Number.NaN, source: 'none' };

/** The official rate: what the person typed, else what the feed says. A feed that is gone keeps its last rate, with its age. */
export function createFx(options: {
  readonly clock: Clock;
  readonly settings: SettingsFile;
  readonly log: EventLog;
  readonly feed?: FxFeed | undefined;
}): Fx {
  const { clock, settings, feed, log } = options;
  let told: FxRate = NONE;
  let isGone = false;
  let isDisposed = false;

  async function load(): Promise<void> {
    if (!feed) return;
    try {
      const { krwPerUsd, asOf } = await feed.load();
      if (isDisposed || !(krwPerUsd > 1 && krwPerUsd < 100_000)) return;
      // Nobody knows tomorrow's rate: a feed whose clock is ahead must not look young for ever.
      told = { krwPerUsd, asOf: Math.min(asOf, clock.now()), source: feed.source };
      if (isGone) log.add('info', 'fx.back', 'the dollar rate is told again');
      isGone = false;
    } catch (fault) {
      if (!isGone && !isDisposed)
        log.add('warn', 'fx.gone', `no dollar rate: ${messageOf(fault)}`, { reason: messageOf(fault) });
      isGone = true;
    }
  }

  void load();
  const stop: Undo = feed ? clock.every(EVERY_MS, () => void load()) : () => undefined;

  function rate(): FxRate {
    const typed = settings.read().typedFx;
    return typed === null ? told : { ...typed, source: 'typed' };
  }

  return {
    rate,
    isStale: (now) => isFxStale(rate(), now),
    write(krwPerUsd) {
      settings.write({ typedFx: krwPerUsd === null ? null : { krwPerUsd, asOf: Math.round(clock.now()) } });
      return rate();
    },
    dispose() {
      isDisposed = true;
      stop();
    },
  };
}
