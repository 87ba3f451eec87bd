import i18next from 'i18next';
import type { AccountId } from '#shared/domain/account.ts';
import type { Freshness } from '#shared/domain/freshness.ts';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { isTerminal, type Order } from '#shared/domain/order.ts';
import { figureFreshness } from '../../stores/account-freshness.ts';
import type { Desk } from '../../stores/desk.ts';
import { formatExact, formatExactSigned } from '../../ui/format-exact.ts';

/** A line over the chart: where something of the person's stands. That of an order can be dragged to another price. */
export interface AccountLine {
  readonly id: string;
  readonly kind: 'position' | 'order' | 'trigger' | 'liquidation';
  readonly side: 'buy' | 'sell';
  readonly price: number;
  /** `Demo 1 · Long 0.25 · +54.68 USDT`. */
  readonly title: string;
  readonly isBelieved: boolean;
  /** What a drag changes, and the cross on the line cancels. */
  readonly order?: Order;
}

/**
 * Positions, liquidation prices and open orders of the instrument shown, each under its account's name; where there is
 * little room only if its venue has more than one account.
 */
export function accountLines(
  desk: Pick<Desk, 'holdings' | 'holdingsChoice' | 'focus' | 'pulse'>,
  hasLittleRoom = false,
): readonly AccountLine[] {
  if (!desk.holdingsChoice.getState().drawsLines) return [];
  const { instrument: selected } = desk.focus.store.getState();
  const { view } = desk.holdings.accounts.store.getState();
  const labels = new Map(view?.accounts.map(({ id, label }) => [id, label]));
  const ofVenue = view?.accounts.filter(({ venue }) => venue === venueOf(selected)) ?? [];
  const isNamed = !hasLittleRoom || ofVenue.length !== 1;
  const nameOf = (account: AccountId) => (isNamed ? [labels.get(account) ?? account] : []);
  const pulse = desk.pulse.getState();
  const t = i18next.t;
  const quote = instrumentName(selected).split('-')[1] ?? '';
  const lines: AccountLine[] = [];
  const isBelieved = (fresh: Freshness) => fresh === 'fresh' || fresh === 'late';
  const push = (line: AccountLine) => {
    if (Number.isFinite(line.price) && line.price > 0) lines.push(line);
  };
  const told = (parts: readonly string[], believed: boolean) =>
    [...(believed ? [] : [t('title.stale')]), ...parts].join(' · ');

  for (const [id, row] of desk.holdings.positions.store.getState().view ?? []) {
    if (row.instrument !== selected) continue;
    const believed = isBelieved(figureFreshness(view, row, pulse));
    const isProfitBelieved = isBelieved(figureFreshness(view, row, pulse, true));
    const name = nameOf(row.account);
    const isShort = row.quantity.startsWith('-');
    const side = isShort ? 'sell' : 'buy';
    const profit = `${row.isEstimated ? '≈ ' : ''}${formatExactSigned(row.unrealisedPnl, 2)} ${quote}`;
    push({
      id: `position ${id}`,
      kind: 'position',
      side,
      price: Number(row.entryPrice),
      title: told(
        [
          ...name,
          `${t(isShort ? 'holding.short' : 'holding.long')} ${formatExact(row.quantity)}`,
          ...(isProfitBelieved ? [profit] : []),
        ],
        believed,
      ),
      isBelieved: believed,
    });
    if (row.liquidationPrice !== undefined) {
      push({
        id: `liquidation ${id}`,
        kind: 'liquidation',
        side,
        price: Number(row.liquidationPrice),
        title: told([...name, t('holding.liquidation')], believed),
        isBelieved: believed,
      });
    }
  }
  for (const [id, row] of desk.holdings.orders.store.getState().view ?? []) {
    if (row.instrument !== selected || isTerminal(row.status)) continue;
    const believed = isBelieved(figureFreshness(view, row, pulse));
    const quantity = row.quantity === undefined ? '' : ` ${formatExact(row.quantity)}`;
    const title = told(
      [...nameOf(row.account), `${t(`holding.${row.side}`)}${quantity}`, t(`ordertype.${row.type}`)],
      believed,
    );
    const common = { side: row.side, title, isBelieved: believed, order: row } as const;
    if (row.price !== undefined)
      push({ id: `order ${id}`, kind: 'order', price: Number(row.price), ...common });
    if (row.triggerPrice !== undefined) {
      push({ id: `trigger ${id}`, kind: 'trigger', price: Number(row.triggerPrice), ...common });
    }
  }
  return lines;
}
