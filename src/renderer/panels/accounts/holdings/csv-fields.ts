import i18next from 'i18next';
import type { AccountView, Worth } from '#shared/contract/account-views.ts';
import {
  type AccountId,
  accountVenue,
  type Balance,
  type Dated,
  type Position,
} from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { Fill, Order } from '#shared/domain/order.ts';
import { formatFull, machineTime, zoneName } from '../../../ui/format-time.ts';
import { worthOf } from './balance-columns.tsx';
import type { CsvField } from './to-csv.ts';

/** Everything there is of a row, exact, in the language shown; every time in UTC and in local time. */
export interface CsvWords {
  readonly accounts: readonly AccountView[];
  readonly worth?: ReadonlyMap<AccountId, Worth> | undefined;
}

type Owned = Dated & { readonly account: AccountId };

function heading(id: string): string {
  return i18next.t(`holding.${id}` as 'holding.instrument');
}

function text<Row>(id: string, of: (row: Row) => string | undefined): CsvField<Row> {
  return { heading: heading(id), of };
}

function times<Row>(id: string, of: (row: Row) => number | undefined): readonly CsvField<Row>[] {
  const told = (row: Row, write: (time: number) => string) => {
    const time = of(row);
    return time === undefined ? undefined : write(time);
  };
  return [
    { heading: `${heading(id)} UTC`, of: (row) => told(row, (time) => machineTime(time)) },
    {
      heading: `${heading(id)} ${i18next.t('holding.local')}`,
      of: (row) => told(row, (time) => `${formatFull(time)} ${zoneName(time)}`),
    },
  ];
}

function owner<Row extends Owned>({ accounts }: CsvWords): readonly CsvField<Row>[] {
  const known = new Map(accounts.map((account) => [account.id, account]));
  return [
    text('venue', ({ account }) => accountVenue(account)),
    text('account', ({ account }) => known.get(account)?.label ?? account),
    text('environment', ({ account }) => known.get(account)?.environment),
  ];
}

function known<Row extends Owned>(): readonly CsvField<Row>[] {
  return [text('source', ({ source }) => source), ...times<Row>('received', ({ receivedAt }) => receivedAt)];
}

export function positionFields(words: CsvWords): readonly CsvField<Position>[] {
  return [
    ...owner<Position>(words),
    text('instrument', ({ instrument }) => instrumentName(instrument)),
    text('leg', ({ leg }) => leg),
    text('quantity', ({ quantity }) => quantity),
    text('entry', ({ entryPrice }) => entryPrice),
    text('mark', ({ markPrice }) => markPrice),
    text('notional', ({ notional }) => notional),
    text('pnl', ({ unrealisedPnl }) => unrealisedPnl),
    text('roe', ({ returnPercent }) => returnPercent),
    text('leverage', ({ leverage }) => leverage),
    text('margin-mode', ({ marginMode }) => marginMode),
    text('liquidation', ({ liquidationPrice }) => liquidationPrice),
    text('distance', ({ liquidationDistancePercent }) => liquidationDistancePercent),
    text('estimated-word', ({ isEstimated }) => String(isEstimated)),
    ...known<Position>(),
  ];
}

export function orderFields(words: CsvWords): readonly CsvField<Order>[] {
  return [
    ...owner<Order>(words),
    text('instrument', ({ instrument }) => instrumentName(instrument)),
    text('order-id', ({ venueOrderId }) => venueOrderId),
    text('client-id', ({ clientOrderId }) => clientOrderId),
    text('side', ({ side }) => side),
    text('type', ({ type }) => type),
    text('time-in-force', ({ timeInForce }) => timeInForce),
    text('price', ({ price }) => price),
    text('trigger', ({ triggerPrice }) => triggerPrice),
    text('quantity', ({ quantity }) => quantity),
    text('quote-quantity', ({ quoteQuantity }) => quoteQuantity),
    text('filled', ({ filledQuantity }) => filledQuantity),
    text('average', ({ averagePrice }) => averagePrice),
    text('status', ({ status }) => status),
    text('venue-status', ({ venueStatus }) => venueStatus),
    text('post-only', ({ postOnly }) => String(postOnly)),
    text('reduce-only', ({ reduceOnly }) => String(reduceOnly)),
    text('conditional', ({ isConditional }) => String(isConditional)),
    ...times<Order>('created', ({ createdAt }) => createdAt),
    ...times<Order>('changed', ({ venueTime }) => venueTime),
    ...known<Order>(),
  ];
}

export function fillFields(words: CsvWords): readonly CsvField<Fill>[] {
  return [
    ...owner<Fill>(words),
    ...times<Fill>('time', ({ venueTime }) => venueTime),
    text('instrument', ({ instrument }) => instrumentName(instrument)),
    text('fill-id', ({ id }) => id),
    text('order-id', ({ venueOrderId }) => venueOrderId),
    text('client-id', ({ clientOrderId }) => clientOrderId),
    text('side', ({ side }) => side),
    text('price', ({ price }) => price),
    text('quantity', ({ quantity }) => quantity),
    text('fee', ({ fee }) => fee),
    text('fee-currency', ({ feeCurrency }) => feeCurrency),
    text('role', ({ isMaker }) => (isMaker === undefined ? undefined : isMaker ? 'maker' : 'taker')),
    text('realised', ({ realisedPnl }) => realisedPnl),
    ...known<Fill>(),
  ];
}

export function balanceFields(words: CsvWords): readonly CsvField<Balance>[] {
  const worth = (worthIn: 'usdt' | 'krw'): CsvField<Balance> => ({
    heading: `${heading('worth')} ${worthIn.toUpperCase()}`,
    of: (row) => worthOf(words.worth, row, worthIn),
  });
  return [
    ...owner<Balance>(words),
    text('currency', ({ currency }) => currency),
    text('total', ({ total }) => total),
    text('free', ({ free }) => free),
    text('used', ({ used }) => used),
    worth('usdt'),
    worth('krw'),
    ...known<Balance>(),
  ];
}
