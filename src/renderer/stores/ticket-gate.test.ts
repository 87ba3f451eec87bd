import { expect, it } from 'vitest';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { Denial, Trust } from '#shared/domain/order-check.ts';
import { accountView, BTC, ticketView } from './test-kit/ticket-views.ts';
import type { TicketState } from './ticket.ts';
import { draftOf, FRESH_FORM } from './ticket-form.ts';
import { gateOf } from './ticket-gate.ts';

const form = { ...FRESH_FORM, price: '1', quantity: '1' };
const draft = draftOf(form, 'binance#aaaaaa' as AccountId, BTC);
const old: Trust = { kind: 'blocked', reason: 'book-old', canOverride: true };
const denial: Denial = { rule: 'collar', limit: '1', value: '2' };

function state(view: Partial<TicketView>, otherwise: Partial<TicketState> = {}): TicketState {
  return {
    instrument: BTC,
    account: accountView('binance#aaaaaa'),
    form,
    verdict: { kind: 'told', draft, view: ticketView(view) },
    isPlacing: false,
    outcome: undefined,
    aim: 'price',
    ...otherwise,
  };
}

it('opens for nothing but an order that is whole, judged as it stands, proven and not denied', () => {
  const empty = { ...form, quantity: '' };
  expect([
    gateOf(state({}), true),
    gateOf(state({}), false),
    gateOf(state({}, { isPlacing: true }), true),
    gateOf(state({}, { form: empty }), true),
    gateOf(state({}, { verdict: { kind: 'asking', before: ticketView() } }), true),
    gateOf(state({ denials: [denial] }), true),
    gateOf(state({}, { verdict: { kind: 'no-account' } }), false),
  ]).toEqual([
    { kind: 'ready' },
    { kind: 'silent' },
    { kind: 'placing' },
    { kind: 'missing', field: 'quantity' },
    { kind: 'asking' },
    { kind: 'denied', denial },
    { kind: 'no-account' },
  ]);
});

it('offers the second step over a doubt alone: never over a firm reason, nor for an order that is wrong as well', () => {
  const halted: Trust = { kind: 'blocked', reason: 'halted', canOverride: false };
  const isStepAllowed = (one: TicketState) => {
    const gate = gateOf(one, true);
    return gate.kind === 'blocked' ? gate.isStepAllowed : gate.kind;
  };
  expect([
    isStepAllowed(state({ trust: old })),
    isStepAllowed(state({ trust: halted })),
    isStepAllowed(state({ trust: old, denials: [denial] })),
    isStepAllowed(state({ trust: old }, { form: { ...form, price: '' } })),
  ]).toEqual([true, false, false, false]);
});
