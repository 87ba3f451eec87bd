import type { Clock } from '#shared/base/clock.ts';
import { messageOf } from '#shared/base/errors.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import type { EventLog } from '../health/event-log.ts';
import type { MarketList } from '../market/market-list.ts';
import { type AlertEntry, isWatched, restartMove } from './alert-entry.ts';
import type { AlertKeeper } from './alert-keeper.ts';

/** Asks the venue what a price did while an alert was blind. */
export interface LookBack {
  /** `entry` was blind since then (wall ms) and sees again. */
  ask(entry: AlertEntry, since: number): void;
  dispose(): void;
}

const MINUTE_MS = 60_000;
const AGAIN_MS = [3000, 15_000] as const;
/** Beyond, one page of minutes does not reach. */
const MOST_MINUTES = 1000;

/**
 * Candles of the blind time tell a touch of the level that is over again. Only such as began after the alert was armed
 * count: what was before it was not meant.
 */
export function createLookBack(options: {
  readonly clock: Clock;
  readonly markets: MarketList;
  readonly log: EventLog;
  readonly keeper: () => AlertKeeper;
}): LookBack {
  const { clock, log, markets, keeper } = options;
  let isDisposed = false;

  async function load(instrument: InstrumentId, from: number, tries = 0): Promise<readonly Candle[]> {
    const market = markets.all.find(({ venue }) => venue.id === venueOf(instrument));
    if (!market) return [];
    try {
      const limit = Math.min(
        MOST_MINUTES,
        market.maxCandles,
        Math.ceil((clock.now() - from) / MINUTE_MS) + 2,
      );
      return await market.loadCandles({ instrument, interval: '1m', limit });
    } catch (fault) {
      const wait = AGAIN_MS[tries];
      if (isDisposed) return [];
      if (wait === undefined) {
        log.add('warn', 'alert.past', `what ${instrument} did meanwhile is not known: ${messageOf(fault)}`, {
          instrument,
          reason: messageOf(fault),
        });
        return [];
      }
      await new Promise<void>((resolve) => void clock.after(wait, resolve));
      return load(instrument, from, tries + 1);
    }
  }

  async function look(entry: AlertEntry, since: number): Promise<void> {
    const { rule, id } = entry.alert;
    const isPrice = rule.kind === 'price' && rule.of === 'last';
    if (!isPrice && rule.kind !== 'move') return;
    const armedAt = Math.max(entry.standing.armedAt, entry.standing.triggeredAt ?? 0);
    const from = rule.kind === 'move' ? clock.now() - rule.withinMin * MINUTE_MS : since;
    const candles = (await load(rule.instrument, Math.max(from, armedAt))).filter(
      ({ openTime }) => openTime >= armedAt && openTime + MINUTE_MS > from,
    );
    // Meanwhile it may be gone, another, or armed anew.
    const isSame =
      keeper().entries.get(id) === entry && entry.alert.rule === rule && entry.standing.armedAt <= armedAt;
    if (isDisposed || !isSame || !isWatched(entry) || candles.length === 0) return;
    if (rule.kind === 'price') {
      const low = Math.min(...candles.map((candle) => candle.low));
      const high = Math.max(...candles.map((candle) => candle.high));
      keeper().lookedBack(id, { since, low, high });
      return;
    }
    restartMove(entry);
    for (const { openTime, low, high } of candles) {
      entry.move?.add(openTime, low);
      entry.move?.add(openTime, high);
    }
  }

  return {
    ask: (entry, since) => void look(entry, since),
    dispose() {
      isDisposed = true;
    },
  };
}
