import { expect, test } from 'vitest';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import { createAmendOrder } from './amend-order.ts';
import type { ApprovedOrder } from './facts.ts';
import { draft, stageOrders } from './test-kit/order-desk.ts';
import { ACCOUNT, approved, BTC, report, stageTrading } from './test-kit/scripted-account.ts';
import type { TradingAccount } from './trading-account.ts';

/** Stands at 990 for 1 BTC unless it is told otherwise. */
async function standing(change: Partial<OrderReport> = {}, script: Partial<TradingAccount> = {}) {
  const desk = await stageOrders(script);
  const { sight, accounts, executor, check, place, journal } = desk;
  const amend = createAmendOrder({
    journal,
    accounts,
    sight,
    executor,
    check,
    place,
    confirm: desk.confirmOrder,
  });
  desk.tell(report('a', { price: '990', quantity: '1', ...change }));
  const ref = { account: ACCOUNT, instrument: BTC, clientOrderId: 'a', isConditional: false };
  const go = async (wish: OrderChange, reply?: 'yes' | 'no', meanwhile = () => undefined as unknown) => {
    const before = desk.asked.length;
    const answer = amend(ref, wish, 'window');
    await desk.pass(500);
    const question = desk.asked[before];
    meanwhile();
    if (reply) question?.answer(reply);
    await desk.pass(500);
    return [question !== undefined, told(await answer)];
  };
  return { desk, go, amends: () => desk.count('amend') };
}
const told = ({ verdict, denials, trust }: ChangeAnswer) =>
  [
    verdict,
    ...(denials ?? []).map(({ rule }) => rule),
    ...(trust?.kind === 'blocked' ? [trust.reason] : []),
  ].join(' ');

test('a small change leaves unasked, within the same limits as a new order', async () => {
  const { go, amends } = await standing();
  expect([
    await go({ price: '991' }),
    await go({ price: '1051' }),
    await go({ quantity: 'x' }),
    amends(),
  ]).toEqual([[false, 'accepted'], [false, 'denied collar'], [false, 'denied shape'], 1]);
});

test('an order is not made large behind main’s back: what it would become is asked about as a new order is', async () => {
  const { desk, go, amends } = await standing();
  const no = await go({ quantity: '6' }, 'no');
  const before = amends();
  const yes = await go({ quantity: '6' }, 'yes');
  const [first] = desk.asked;
  expect([no, before, yes, amends(), first?.question.kind === 'order' && first.question]).toEqual([
    [true, 'declined'],
    0,
    [true, 'accepted'],
    1,
    {
      kind: 'order',
      isChange: true,
      venueName: 'Plain',
      accountLabel: 'plain',
      environment: 'mainnet',
      order: expect.objectContaining({ clientOrderId: 'a', price: '990', quantity: '6', notional: '5940' }),
    },
  ]);
});

test('a large order is moved with a confirmation, and made smaller without one', async () => {
  const { go } = await standing({ quantity: '8' });
  expect([await go({ price: '995' }, 'yes'), await go({ quantity: '7' })]).toEqual([
    [true, 'accepted'],
    [false, 'accepted'],
  ]);
});

test('confirmed too late, it is judged anew', async () => {
  const { desk, go, amends } = await standing();
  const first = await go({ quantity: '6', price: '1030' }, 'yes', () => desk.quote(980));
  desk.quote(1000);
  desk.halt.isOn = true;
  expect([first, await go({ quantity: '2' }), amends()]).toEqual([
    [true, 'denied collar'],
    [false, 'blocked halted'],
    0,
  ]);
});

test('what an order is raised by counts as an order of the day, and what it was already is not counted twice', async () => {
  const { desk, go } = await standing();
  desk.limit({ dailyNotional: { USDT: 5000, KRW: 0 } });
  const rises = [await go({ quantity: '4' })];
  desk.tell(report('a', { price: '990', quantity: '4', venueTime: 2 }));
  rises.push(await go({ quantity: '3', price: '980' }));
  const placed = await desk.place({ draft: draft({ quantity: { unit: 'base', value: '2.5' } }), from: 'a' });
  const fits = await desk.place({ draft: draft({ quantity: { unit: 'base', value: '2' } }), from: 'a' });
  expect([rises, placed.kind === 'denied' && placed.denials.map(({ rule }) => rule), fits.kind]).toEqual([
    [
      [false, 'accepted'],
      [false, 'accepted'],
    ],
    ['daily-notional'],
    'placed',
  ]);
});

test('one of ours that was counted when it left may be moved though the day is nearly spent', async () => {
  const { desk } = await standing();
  desk.limit({ dailyNotional: { USDT: 1500, KRW: 0 } });
  const { sight, accounts, executor, check, place, journal } = desk;
  const amend = createAmendOrder({
    journal,
    accounts,
    sight,
    executor,
    check,
    place,
    confirm: desk.confirmOrder,
  });
  const placed = await desk.place({ draft: draft(), from: 'a' });
  const id = placed.kind === 'placed' ? placed.order.request.clientOrderId : '';
  desk.tell(report(id, { price: '1000', quantity: '1' }));
  const ref = { account: ACCOUNT, instrument: BTC, clientOrderId: id, isConditional: false };
  await desk.pass(1000);
  expect([
    told(await amend(ref, { price: '1001' }, 'window')),
    told(await amend(ref, { quantity: '1.6' }, 'window')),
  ]).toEqual(['accepted', 'denied daily-notional']);
});

test('where it has to be cancelled and placed anew, what was confirmed is not asked about twice', async () => {
  const desk = await standing(
    { quantity: '6', price: '990.0' },
    {
      abilities: () => ({
        conditional: true,
        immediate: ['IOC', 'FOK'],
        postOnly: true,
        reduceOnly: true,
        closePosition: true,
        amend: 'no',
      }),
      cancel: async () => {
        queueMicrotask(() =>
          desk.desk.tell(
            report('a', {
              quantity: '6',
              price: '990',
              status: 'CANCELED',
              venueStatus: 'CANCELED',
              venueTime: 2,
            }),
          ),
        );
        return { verdict: 'accepted', answer: {} };
      },
    },
  );
  expect([await desk.go({ price: '991' }, 'yes'), desk.desk.asked.length, desk.desk.left().length]).toEqual([
    [true, 'accepted'],
    1,
    1,
  ]);
});

test('one that was changed a moment ago is changed back, though neither was told of yet', async () => {
  const { go, amends } = await standing();
  expect([
    await go({ price: '991' }),
    await go({ price: '991' }),
    await go({ price: '990' }),
    amends(),
  ]).toEqual([[false, 'accepted'], [false, 'accepted'], [false, 'accepted'], 2]);
});

const WAITING = {
  type: 'stop-market',
  isConditional: true,
  status: 'PENDING_TRIGGER',
  side: 'sell',
  triggerPrice: '950',
} as const;

/** A stop of ours for all of a position, at a venue that changes none of those; what was placed in its stead. */
async function moveStop(own: Partial<ApprovedOrder>, isHedged = false) {
  const placed: unknown[] = [];
  const base = stageTrading().account.abilities(BTC);
  const { desk } = await standing(
    {},
    {
      isHedged,
      abilities: () => ({ ...base, amendsWaiting: false }),
      async place(request, onSending) {
        onSending('hash');
        const { type, side, triggerPrice, triggerBy, reduceOnly, closePosition, leg } = request;
        placed.push({ type, side, triggerPrice, triggerBy, reduceOnly, closePosition, leg });
        return { verdict: 'accepted', answer: { venueOrderId: `v-${request.clientOrderId}` } };
      },
    },
  );
  const leg = isHedged ? 'long' : 'both';
  desk.apply({
    kind: 'position',
    position: { instrument: BTC, leg, quantity: '1', entryPrice: '1000' },
    venueTime: 1,
    source: 'stream',
    receivedAt: desk.clock.now(),
  });
  const { price: _, ...bare } = approved('s');
  const stop = { ...bare, ...WAITING, triggerBy: 'mark', quantity: '1', reduceOnly: true, leg, ...own };
  const isOurs = own.clientOrderId === undefined;
  if (isOurs) await desk.executor.place(stop as unknown as ApprovedOrder, () => true);
  placed.length = 0;
  // Where there are two legs the venue tells of none as reducing.
  const { quantity, price, ...told } = report('s', { ...WAITING, reduceOnly: !isHedged });
  desk.tell({ ...told, ...(!own.closePosition && { quantity: '1' }) });
  const amend = createAmendOrder({ ...desk, confirm: desk.confirmOrder });
  const ref = { account: ACCOUNT, instrument: BTC, clientOrderId: 's', isConditional: true };
  const answer = amend(ref, { triggerPrice: '960' }, 'ladder').catch((fault: HeartlineError) => fault.code);
  await desk.pass(500);
  desk.tell({ ...told, status: 'CANCELED', venueTime: 9 });
  await desk.pass(5000);
  const verdict = await answer;
  return [typeof verdict === 'string' ? verdict : verdict.verdict, desk.count('cancel'), placed];
}

test('one that waits is placed anew as it was asked for: its trigger, its leg, and all of the position', async () => {
  const anew = {
    type: 'stop-market',
    side: 'sell',
    triggerPrice: '960',
    triggerBy: 'mark',
    reduceOnly: true,
  };
  expect([
    await moveStop({}),
    await moveStop({ closePosition: true }),
    await moveStop({}, true),
    // Whose leg it is nobody tells: it is left as it is.
    await moveStop({ clientOrderId: 'foreign' }, true),
  ]).toEqual([
    ['accepted', 1, [{ ...anew, closePosition: false, leg: 'both' }]],
    ['accepted', 1, [{ ...anew, closePosition: true, leg: 'both' }]],
    ['accepted', 1, [{ ...anew, closePosition: false, leg: 'long' }]],
    ['order.shape', 0, []],
  ]);
});
