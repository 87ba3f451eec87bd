import type { Undo } from '#shared/base/emitter.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { MarketChange } from '../market/market.ts';
import type { MarketList } from '../market/market-list.ts';
import { tetherOf } from '../premium/premium-pairs.ts';
import { isWatched } from './alert-entry.ts';
import type { AlertKeeper } from './alert-keeper.ts';

/** Has alerts looked at with every figure that arrives for them, so that nothing that was for a moment alone is missed. */
export interface AlertTouch {
  /** The alerts are others, or others of them are watched. */
  follow(): void;
  positions(): void;
  dispose(): void;
}

export function createAlertTouch(options: {
  readonly markets: MarketList;
  readonly keeper: AlertKeeper;
  readonly look: (id: string) => void;
}): AlertTouch {
  const { markets, keeper, look } = options;
  const byTicker = new Map<InstrumentId, string[]>();
  const byBook = new Map<InstrumentId, string[]>();
  let ofPositions: string[] = [];

  function touch(change: MarketChange): void {
    const ids =
      change.kind === 'ticker'
        ? byTicker.get(change.instrument)
        : change.kind === 'book'
          ? byBook.get(change.instrument)
          : undefined;
    for (const id of ids ?? []) look(id);
  }

  function note(index: Map<InstrumentId, string[]>, instrument: InstrumentId, id: string): void {
    const ids = index.get(instrument) ?? [];
    index.set(instrument, ids);
    ids.push(id);
  }

  const leave: Undo = markets.watchEach((market) => market.onChange(touch));
  return {
    follow() {
      byTicker.clear();
      byBook.clear();
      ofPositions = [];
      for (const [id, entry] of keeper.entries) {
        if (!isWatched(entry)) continue;
        const { rule } = entry.alert;
        switch (rule.kind) {
          case 'price':
          case 'move':
          case 'funding':
            note(byTicker, rule.instrument, id);
            break;
          case 'spread':
            note(byBook, rule.instrument, id);
            break;
          case 'premium':
            for (const leg of [rule.krw, rule.usdt]) note(byTicker, leg, id);
            if (rule.basis === 'tether') note(byTicker, tetherOf(venueOf(rule.krw)), id);
            break;
          case 'pnl':
          case 'liquidation':
            ofPositions.push(id);
            break;
          case 'connection':
            break; // each second
        }
      }
    },
    positions() {
      for (const id of ofPositions) look(id);
    },
    dispose: leave,
  };
}
