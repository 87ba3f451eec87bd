import { touchesMoney } from '#shared/domain/alert-money.ts';
import { type DeskSummary, summariseDesk } from '#shared/domain/desk-summary.ts';
import { activeAlarms } from './alarms.ts';
import type { Desk } from './desk.ts';

type Sources = Pick<Desk, 'pulse' | 'description' | 'holdings' | 'alarms' | 'alerts' | 'trading'>;

/** What the desk is in a few words, as this window knows it now: for its title and its icon. */
export function readDeskSummary({
  pulse,
  description,
  holdings,
  alarms,
  alerts,
  trading,
}: Sources): DeskSummary {
  const { health, now, engineSilentMs } = pulse.getState();
  const active = activeAlarms(alarms.store.getState().view);
  const unseen = (alerts.store.getState().view?.happenings ?? []).filter(({ isSeen }) => !isSeen);
  const view = trading.watching.store.getState().view;
  return summariseDesk({
    now,
    engineSilentMs,
    connections: health?.connections,
    venues: description.store.getState().venues,
    accounts: holdings.accounts.store.getState().view?.accounts ?? [],
    positions: holdings.positions.store.getState().view?.values() ?? [],
    alarms: {
      active: active.length + unseen.length,
      touchingMoney:
        active.filter(({ exposure }) => exposure !== 'none').length + unseen.filter(touchesMoney).length,
    },
    trading: {
      halted: view?.halted !== undefined,
      armed: (view?.arms ?? []).filter(({ isReal, isArmed }) => isReal && isArmed).map(({ name }) => name),
      unknown: view?.unknown.length ?? 0,
    },
  });
}
