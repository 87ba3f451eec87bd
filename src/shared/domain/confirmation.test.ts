import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId } from './account.ts';
import { type Confirmation, confirmationOf, confirmationText } from './confirmation.ts';
import { instrumentId, venueId } from './instrument.ts';
import type { OrderRequest } from './order-draft.ts';
import type { Question } from './question.ts';
import { shellLanguage, shellWords } from './shell-words.ts';

const ORDER: OrderRequest = {
  account: accountId('upbit#k3f9a2'),
  instrument: instrumentId('upbit:BTC-KRW'),
  clientOrderId: 'hl0123456789abcdefghij',
  side: 'buy',
  type: 'limit',
  isMarket: false,
  timeInForce: 'GTX',
  quantity: '0.015',
  price: '95123000',
  reduceOnly: false,
  closePosition: false,
  leg: 'both',
  notional: '1426845',
};
const ask = (order: OrderRequest, rest: Partial<Extract<Question, { kind: 'order' }>> = {}): Question => ({
  kind: 'order',
  order,
  venueName: 'Upbit',
  accountLabel: '내 계좌',
  environment: 'mainnet',
  ...rest,
});

test('an order is shown field by field, exactly as it leaves', () => {
  expect(confirmationText(confirmationOf(ask(ORDER), 'en'))).toBe(
    [
      'Exchange: Upbit',
      'Environment: mainnet',
      'Account: “내 계좌” (upbit#k3f9a2)',
      'Market: BTC-KRW',
      'Side: BUY',
      'Type: Limit',
      'Market order: no',
      'Quantity: 0.015 BTC',
      'Price: 95123000 KRW (95,123,000)',
      'Trigger price: none',
      'Triggered by: none',
      'Time in force: Post-only: never takes',
      'Reduce only: no',
      'Close position: no',
      'Position: one per market',
      'Value: 1426845 KRW (1,426,845)',
      'Order id: hl0123456789abcdefghij',
    ].join('\n'),
  );
});

test('a change of an order that stands is called so', () => {
  const { title, lines, yes } = confirmationOf(ask(ORDER, { isChange: true }), 'en');
  expect([title, lines.length, yes]).toEqual([
    'Change the standing order into this?',
    17,
    'Change the order',
  ]);
});

test('and in Korean', () => {
  const { title, lines } = confirmationOf(ask({ ...ORDER, side: 'sell', isMarket: true }), 'ko');
  expect([title, lines[4], lines[6]]).toEqual([
    '이 주문을 낼까요?',
    { label: '구분', value: '매도' },
    { label: '시장가 주문', value: '예: 이 가격 또는 더 유리한 가격에 즉시 체결' },
  ]);
});

test('arming names the venue, and what may leave there then', () => {
  const limits = {
    maxNotional: { USDT: 10_000, KRW: 15_000_000 },
    dailyNotional: { USDT: 1e12, KRW: 0 },
    confirmAbove: { USDT: 0.5, KRW: 7_000_000 },
  };
  const shown = confirmationOf({ kind: 'arm', venue: venueId('bybit'), venueName: 'Bybit', limits }, 'en');
  expect([shown.title, ...confirmationText(shown).split('\n')]).toEqual([
    'Arm Bybit for real money?',
    'Exchange: bybit',
    'One order at most: 10000 USDT (10,000) · 15000000 KRW (15,000,000)',
    'A day at most: 1000000000000 USDT (1,000,000,000,000) · 0 KRW',
    'Asked about again from: 0.5 USDT · 7000000 KRW (7,000,000)',
  ]);
});

describe('what is shown is what leaves', () => {
  const decimal = fc
    .tuple(fc.bigInt(0n, 10n ** 12n), fc.option(fc.stringMatching(/^\d{1,8}$/)))
    .map(([whole, rest]) => (rest === null ? `${whole}` : `${whole}.${rest}`));
  const optional = fc.option(decimal, { nil: undefined });
  const order = fc
    .record({
      account: fc.stringMatching(/^[a-z0-9]{6}$/).map((tail) => accountId(`bybit#${tail}`)),
      instrument: fc.constantFrom('bybit:BTC-USDT-PERP', 'bybit:ETH-USDT-PERP').map(instrumentId),
      clientOrderId: fc.stringMatching(/^[a-z0-9]{20,32}$/),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      type: fc.constantFrom(
        ...(['limit', 'market', 'stop-market', 'stop', 'take-profit-market', 'take-profit'] as const),
      ),
      isMarket: fc.boolean(),
      timeInForce: fc.constantFrom(...(['GTC', 'IOC', 'FOK', 'GTX'] as const)),
      quantity: decimal,
      price: optional,
      triggerPrice: optional,
      triggerBy: fc.constantFrom(undefined, 'mark' as const, 'last' as const),
      reduceOnly: fc.boolean(),
      closePosition: fc.boolean(),
      leg: fc.constantFrom('both' as const, 'long' as const, 'short' as const),
      notional: decimal,
    })
    .map((one) => one as OrderRequest);
  const language = fc.constantFrom('en' as const, 'ko' as const);

  /** Reads an order back from what a person is shown, and from nothing else. */
  function readBack({ lines }: Confirmation, spoken: 'en' | 'ko'): Record<keyof OrderRequest, unknown> {
    const words = shellWords[spoken];
    const value = (field: keyof OrderRequest) => {
      const found = lines.filter(({ label }) => label === words.fields[field]);
      expect(found.length).toBe(1);
      return found[0]?.value ?? '';
    };
    const named = (table: Readonly<Record<string, string>>, field: keyof OrderRequest) =>
      Object.entries(table).find(([, word]) => word === value(field))?.[0];
    const figure = (field: keyof OrderRequest) =>
      value(field) === words.none ? undefined : value(field).split(' ')[0];
    return {
      account: /\(([^()]+)\)$/.exec(value('account'))?.[1],
      instrument: `bybit:${value('instrument')}`,
      clientOrderId: value('clientOrderId'),
      side: named(words.sides, 'side'),
      type: named(words.types, 'type'),
      isMarket: value('isMarket') === words.asMarket,
      timeInForce: named(words.timesInForce, 'timeInForce'),
      quantity: figure('quantity'),
      price: figure('price'),
      triggerPrice: figure('triggerPrice'),
      triggerBy: named(words.triggers, 'triggerBy'),
      reduceOnly: value('reduceOnly') === words.yes,
      closePosition: value('closePosition') === words.wholePosition,
      leg: named(words.legs, 'leg'),
      notional: figure('notional'),
    };
  }

  test('every field of every order can be read back from the text, whole and digit by digit', () => {
    fc.assert(
      fc.property(order, language, fc.string(), (one, spoken, accountLabel) => {
        const shown = confirmationOf(ask(one, { accountLabel }), spoken);
        expect(readBack(shown, spoken)).toEqual({ ...one });
      }),
    );
  });

  test('no label can pretend to be another field, another line or another direction', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), language, (accountLabel, spoken) => {
        const shown = confirmationOf(ask(ORDER, { accountLabel, venueName: accountLabel }), spoken);
        const honest = confirmationOf(ask(ORDER), spoken);
        const text = confirmationText(shown);
        expect(text.split('\n').length).toBe(honest.lines.length);
        expect(text).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
        expect(shown.lines.slice(3)).toEqual(honest.lines.slice(3));
      }),
    );
  });

  test('a long figure is grouped once more, and the groups hold the same digits', () => {
    fc.assert(
      fc.property(decimal, (price) => {
        const shown = confirmationOf(ask({ ...ORDER, price }), 'en').lines.find(
          ({ label }) => label === 'Price',
        );
        const grouped = /\(([\d.,]+)\)$/.exec(shown?.value ?? '')?.[1];
        expect(grouped?.replaceAll(',', '')).toBe((price.split('.')[0] ?? '').length > 4 ? price : undefined);
      }),
    );
  });
});

test('the language of the shell is the system’s, and English where that is another', () => {
  expect(['ko', 'ko-KR', 'ko_KR.UTF-8', 'en-US', 'kok-IN', 'C', '', undefined].map(shellLanguage)).toEqual([
    'ko',
    'ko',
    'ko',
    'en',
    'en',
    'en',
    'en',
    'en',
  ]);
});
