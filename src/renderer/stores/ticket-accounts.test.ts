import { expect, it } from 'vitest';
import type { AccountId } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { accountsView, accountView } from './test-kit/ticket-views.ts';
import { ticketAccount, ticketAccounts } from './ticket-accounts.ts';

const all = accountsView(
  accountView('bybit#aaaaaa', { environment: 'mainnet' }),
  accountView('bybit#bbbbbb', { environment: 'paper' }),
  accountView('bybit#cccccc', { environment: 'demo', mode: 'read-only' }),
  accountView('upbit#dddddd'),
);
const bybit = ticketAccounts(all, 'bybit' as VenueId);

it('never chooses real money by itself while something else can trade, and never one that may only read', () => {
  expect({
    offered: bybit.map(({ id }) => id),
    first: ticketAccount(bybit, undefined)?.id,
    chosen: ticketAccount(bybit, 'bybit#aaaaaa' as AccountId)?.id,
    reader: ticketAccount(bybit, 'bybit#cccccc' as AccountId)?.id,
    gone: ticketAccount(bybit, 'bybit#eeeeee' as AccountId)?.id,
    none: ticketAccount(ticketAccounts(all, 'bithumb' as VenueId), undefined),
  }).toEqual({
    offered: ['bybit#bbbbbb', 'bybit#aaaaaa', 'bybit#cccccc'],
    first: 'bybit#bbbbbb',
    chosen: 'bybit#aaaaaa',
    reader: 'bybit#bbbbbb',
    gone: 'bybit#bbbbbb',
    none: undefined,
  });
});
