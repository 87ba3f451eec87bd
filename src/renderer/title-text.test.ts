import { expect, test } from 'vitest';
import { type DeskFacts, summariseDesk } from '#shared/domain/desk-summary.ts';
import { titleText } from './title-text.ts';

const facts: DeskFacts = {
  now: 1_000_000,
  engineSilentMs: 100,
  connections: [],
  venues: [],
  accounts: [],
  positions: [],
  alarms: { active: 0, touchingMoney: 0 },
  trading: { halted: false, armed: [], unknown: 0 },
};
const title = (otherwise: Partial<DeskFacts>, showsPnl = false) =>
  titleText({
    summary: summariseDesk({ ...facts, ...otherwise }),
    language: 'en',
    market: '83,860.2 BTC-USDT-PERP',
    mode: 'DEMO',
    appName: 'Heartline',
    showsPnl,
  });
const unread = {
  accounts: [
    { id: 'bybit#a1b2c3', environment: 'mainnet', state: { kind: 'loading' }, since: 0 },
  ] as unknown as DeskFacts['accounts'],
};

test('is the market and no more while all is well', () => {
  expect(title({})).toBe('83,860.2 BTC-USDT-PERP · DEMO · Heartline');
});

test('tells what wants a person first, alarms and orders of unknown fate together', () => {
  expect(
    title({
      alarms: { active: 2, touchingMoney: 0 },
      trading: { halted: false, armed: [], unknown: 1 },
    }),
  ).toBe('(3) 83,860.2 BTC-USDT-PERP · DEMO · Heartline');
});

test('of a silent engine there is no price, and no profit that is a number', () => {
  expect(title({ engineSilentMs: 38_000, ...unread }, true)).toBe(
    '▲ engine not answering · 38 s · — · DEMO · Heartline',
  );
});

test('shows open profit only where it was asked for', () => {
  expect([title(unread), title(unread, true)]).toEqual([
    '83,860.2 BTC-USDT-PERP · DEMO · Heartline',
    '83,860.2 BTC-USDT-PERP · — · DEMO · Heartline',
  ]);
});
