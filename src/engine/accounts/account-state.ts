import { type AccountEvent, type AccountHoldings, positionName } from './account-holdings.ts';
import { withFills } from './apply-fill.ts';
import { doubting, streamed, withOrders, withVanished } from './apply-order.ts';
import { applySnapshot } from './apply-snapshot.ts';
import { mergeBalance } from './balance-merge.ts';
import { afterWord, judgeWord, NO_WORD } from './newest-wins.ts';
import { mergePosition, withSetting } from './position-merge.ts';

/**
 * The one way an account's figures change: (state, event) → state, pure. Repeated events change nothing, late ones no
 * more than they would have in time: terminal statuses stay, fills count once, filled is the most seen, and otherwise
 * the later venue time wins. What cannot be put in order (two words of one millisecond) is noted in `doubts`.
 */
export function accountState(state: AccountHoldings, event: AccountEvent): AccountHoldings {
  switch (event.kind) {
    case 'order':
      return withOrders(state, [event.order], event);
    case 'fill':
      return withFills(state, [event.fill], event);
    case 'balance': {
      const next = streamed(state, event.source);
      const { balance, venueTime } = event;
      const held = state.balances.get(balance.currency);
      const word = JSON.stringify(balance);
      const verdict = judgeWord(held?.last ?? NO_WORD, venueTime, word);
      if (verdict === 'stale') return state;
      const merged = mergeBalance(held, balance, {
        account: state.account,
        ...event,
        told: next.serial,
        last: afterWord(held?.last ?? NO_WORD, venueTime, word),
      });
      const doubtful = verdict === 'tied' || merged.isIncomplete;
      return {
        ...(doubtful ? doubting(next, 'balances') : next),
        balances: new Map(state.balances).set(balance.currency, merged.held),
      };
    }
    case 'position': {
      const next = streamed(state, event.source);
      const { position, venueTime } = event;
      const name = positionName(position);
      const held = state.positions.get(name);
      const word = JSON.stringify(position);
      const verdict = judgeWord(held?.last ?? NO_WORD, venueTime, word);
      if (verdict === 'stale') return state;
      const merged = mergePosition(held, position, state.settings.get(position.instrument)?.setting, {
        account: state.account,
        ...event,
        told: next.serial,
        last: afterWord(held?.last ?? NO_WORD, venueTime, word),
      });
      const doubtful = verdict === 'tied' || merged.isIncomplete;
      return {
        ...(doubtful ? doubting(next, 'positions') : next),
        positions: new Map(state.positions).set(name, merged.held),
      };
    }
    case 'setting':
      return withLeverage(state, event);
    case 'reread': {
      const next = streamed(state, 'stream');
      return doubting(next, event.what);
    }
    case 'snapshot':
      return applySnapshot(state, event);
    case 'vanished':
      return withVanished(state, event);
    case 'past': {
      const told = { source: 'rest', receivedAt: event.receivedAt } as const;
      return withFills(withOrders(state, event.orders, told), event.fills, told);
    }
  }
}

function withLeverage(
  state: AccountHoldings,
  { instrument, leverage, venueTime }: Extract<AccountEvent, { kind: 'setting' }>,
): AccountHoldings {
  const known = state.settings.get(instrument);
  if (judgeWord(known?.last ?? NO_WORD, venueTime, leverage) === 'stale') return state;
  const setting = { ...known?.setting, instrument, leverage };
  const last = afterWord(known?.last ?? NO_WORD, venueTime, leverage);
  const next = streamed(state, 'stream');
  const settings = new Map(state.settings).set(instrument, { last, setting, told: next.serial });
  return { ...next, settings, positions: withSetting(state.positions, setting) };
}
