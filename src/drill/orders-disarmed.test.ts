import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question } from '#shared/domain/question.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { isDerivative, MARKETS, ORDER_VENUES, type OrderVenue } from './test-kit/order-judge.ts';
import { type OrderStage, openOrderStage } from './test-kit/order-stage.ts';

// G30: a desk whose money counts as real, at the simulator's addresses. Whatever a window asks for, nothing that adds risk is
// requested of a venue nobody armed; what takes risk away always is.

const questions: Question[] = [];
let stage: OrderStage;
beforeAll(async () => {
  stage = await openOrderStage({
    seed: 30,
    isReal: true,
    confirm: {
      how: 'terminal',
      async ask(question) {
        questions.push(question);
        return 'yes';
      },
    },
  });
});
afterAll(() => stage?.[Symbol.asyncDispose]());

/** What came of it: the kind of answer with the rules it broke, or the code of its refusal. */
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    (answer) => {
      const { kind, verdict, denials = [] } = answer as Partial<Told>;
      return [kind ?? verdict, ...denials.map(({ rule }) => rule)].join(' ');
    },
    (fault: unknown) => (fault as { code: string }).code,
  );
interface Told {
  readonly kind: string;
  readonly verdict: string;
  readonly denials: readonly { readonly rule: string }[];
}

/** Everything in the record that places or changes an order. */
async function risks(venue: OrderVenue): Promise<number> {
  const rows = await stage.rows(venue);
  return rows.filter(
    ({ method, path }) => /POST|PUT/u.test(method) && /order|amend/iu.test(path) && !/cancel/iu.test(path),
  ).length;
}

/** Asks for all that could make an order leave. */
async function tryAll(venue: OrderVenue) {
  const token = async () => (await stage.request('orders.intent', {})).token;
  const { symbol, instrument } = MARKETS[venue];
  await stage.control.post('orders', {
    venue,
    key: 'trade',
    action: 'place',
    symbol,
    side: 'buy',
    type: 'limit',
    price: await stage.priceAt(venue, 0.97),
    quantity: '0.003',
    clientOrderId: `standing${venue}`,
  });
  const account = stage.accountAt(venue);
  const order = { account, instrument, clientOrderId: `standing${venue}`, isConditional: false };
  await stage.until('told of', () => shows(venue));
  const position = { account, instrument, leg: 'both' } as const;
  const price = await stage.priceAt(venue, 0.96);
  // Little enough of a coin for any book, and enough of a position for one lot.
  const percent = isDerivative(venue) ? 100 : 1;
  const before = await risks(venue);
  const answers = [
    await codeOf(stage.place(await stage.far(venue))),
    await codeOf(stage.place(await stage.far(venue), 'disarmed')),
    await codeOf(
      stage.place(stage.draft(venue, { type: 'market', quantity: { unit: 'base', value: '0.001' } })),
    ),
    await codeOf(stage.request('orders.amend', { token: await token(), order, price })),
    await codeOf(stage.request('positions.close', { ...position, token: await token(), percent })),
    // Spot markets have nothing to turn round.
    ...(isDerivative(venue)
      ? [await codeOf(stage.request('positions.reverse', { ...position, token: await token() }))]
      : []),
  ];
  const cancelled = await codeOf(stage.request('orders.cancel', order));
  const { sweeps } = await stage.request('positions.flatten', { account, token: await token() });
  await stage.until('over', () =>
    stage.trading.sweeps.some(({ id, endedAt }) => sweeps.includes(id) && endedAt !== undefined),
  );
  const left = (await risks(venue)) - before;
  return { answers, left, cancelled };
}

function shows(venue: OrderVenue): boolean {
  const source = stage.engine.api.watch('orders', {}, () => undefined);
  const rows = source.take()?.rows ?? [];
  source.dispose();
  return rows.some(({ clientOrderId }) => clientOrderId === `standing${venue}`);
}

test.each(ORDER_VENUES)('while %s is not armed nothing but cancels goes there', async (venue) => {
  const { answers, left, cancelled } = await tryAll(venue);
  figure('G30', `requests to ${venue} that add risk while it was disarmed`, left, 'requests');
  expect({ answers: new Set(answers), left, cancelled }).toEqual({
    answers: new Set(['blocked']),
    left: 0,
    cancelled: 'accepted',
  });
});

test('arming takes the setting, the phrase of that venue, and a person at the terminal; it arms no other, and ends', async () => {
  const venue = MARKETS.bybit.instrument.split(':')[0] as never;
  const phrase = 'ARM BYBIT';
  const barred = await codeOf(stage.request('trading.arm', { venue, phrase }));
  const { trading } = await stage.request('settings.read', {});
  await stage.request('settings.write', { trading: { ...trading, mainnet: true } });
  const wrong = await codeOf(stage.request('trading.arm', { venue, phrase: 'ARM BINANCE' }));
  await expect
    .poll(() => codeOf(stage.request('trading.arm', { venue, phrase })), { timeout: 10_000, interval: 500 })
    .toBe('');
  const armed = [
    await codeOf(stage.place(await stage.far('bybit'))),
    await codeOf(stage.place(await stage.far('binance'))),
  ];
  await stage.request('trading.disarm', {});
  const after = await codeOf(
    stage.place(await stage.far('bybit', { quantity: { unit: 'base', value: '0.004' } })),
  );
  await stage.request('trading.arm', { venue, phrase });
  await stage.request('trading.kill', {});
  const { isArmed, barred: why } = stage.trading.arms.find((arm) => arm.venue === venue) ?? {};
  expect([barred, wrong, questions.map(({ kind }) => kind), armed, after, isArmed, why]).toEqual([
    'arm.barred',
    'arm.phrase',
    ['arm', 'arm'],
    ['placed', 'blocked'],
    'blocked',
    false,
    'halted',
  ]);
  await stage.request('trading.resume', { phrase: 'RESUME' });
  await stage.restart();
  expect(stage.trading.arms.filter((arm) => arm.isArmed)).toEqual([]);
});
