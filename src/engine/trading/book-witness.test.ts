import { expect, onTestFinished, test } from 'vitest';
import type { TopEvent } from '#shared/domain/market-data.ts';
import type { Market } from '../market/market.ts';
import { createBookWitness } from './book-witness.ts';
import { draft, stageOrders } from './test-kit/order-desk.ts';
import { BTC } from './test-kit/scripted-account.ts';

const TOP: TopEvent = {
  kind: 'top',
  instrument: BTC,
  venueTime: 0,
  receivedAt: 0,
  updateId: 1,
  bidPrice: 999.9,
  bidQuantity: 5,
  askPrice: 1000,
  askQuantity: 5,
};

async function open(answer: () => Promise<TopEvent> | undefined) {
  const asked: number[] = [];
  const desk = await stageOrders({}, (instrument) => {
    asked.push(desk.clock.monotonic());
    void instrument;
    return answer();
  });
  return { desk, asked };
}
const why = async (answer: ReturnType<Awaited<ReturnType<typeof stageOrders>>['place']>) => {
  const given = await answer;
  return given.kind === 'blocked' && given.trust.kind === 'blocked' ? given.trust.reason : given.kind;
};

test('a book that is quiet is asked about, and orders leave on it while the venue says that it stands', async () => {
  const { desk, asked } = await open(async () => TOP);
  await desk.stale(30_000);
  const undo = desk.sight.hold(BTC);
  await desk.stale(10_000);
  const whileHeld = asked.length;
  const placed = await why(desk.place({ draft: draft(), from: 'a' }));
  undo();
  await desk.stale(10_000);
  expect([whileHeld <= 11, placed, asked.length - whileHeld]).toEqual([true, 'placed', 0]);
});

test('without a ticket the click itself asks, once', async () => {
  const { desk, asked } = await open(async () => TOP);
  await desk.stale(20_000);
  expect([await why(desk.place({ draft: draft(), from: 'a' })), asked.length]).toEqual(['placed', 1]);
});

test.each<[string, () => Promise<TopEvent> | undefined]>([
  ['another price', async () => ({ ...TOP, askPrice: 1000.1 })],
  ['another quantity at the same price', async () => ({ ...TOP, bidQuantity: 4.999 })],
  ['a side that is empty', async () => ({ ...TOP, bidPrice: 0, bidQuantity: 0 })],
  ['no number', async () => ({ ...TOP, bidPrice: Number.NaN })],
  ['an error', () => Promise.reject(new Error('no answer'))],
  ['nothing: it cannot be asked', () => undefined],
  ['nothing for a long time', () => new Promise(() => undefined)],
])('a stream that was cut off stays old where the venue says %s', async (_what, answer) => {
  const { desk } = await open(answer);
  await desk.stale(3000);
  const undo = desk.sight.hold(BTC);
  await desk.stale(3000);
  const placed = why(desk.place({ draft: draft(), from: 'a' }));
  await desk.stale(2000);
  undo();
  expect([await placed, desk.left()]).toEqual(['book-old', []]);
});

test('what was proven ages as a frame does, from when it was asked', async () => {
  let isAnswering = true;
  const { desk } = await open(async () => {
    if (isAnswering) return TOP;
    throw new Error('no answer');
  });
  await desk.stale(5000);
  const undo = desk.sight.hold(BTC);
  await desk.stale(1000);
  isAnswering = false;
  const first = await why(desk.place({ draft: draft(), from: 'a' }));
  await desk.stale(2500);
  const placed = why(desk.place({ draft: draft({ price: '999' }), from: 'a' }));
  await desk.stale(1000);
  undo();
  expect([first, await placed]).toEqual(['placed', 'book-old']);
});

test('a proof is of that book alone: one that was lost meanwhile has none', async () => {
  const { desk } = await open(async () => TOP);
  await desk.stale(5000);
  const markets = {
    of: () => ({ book: () => ({ book: desk.book }), askTop: async () => TOP }) as unknown as Market,
  };
  const witness = createBookWitness(desk.clock, markets);
  onTestFinished(() => witness.dispose());
  const undo = witness.watch(BTC);
  await witness.ask(BTC);
  const before = witness.provenAgoMs(BTC);
  desk.book.invalidate();
  const after = witness.provenAgoMs(BTC);
  undo();
  expect([before, after]).toEqual([0, undefined]);
});

test('however many tickets are open, no more than four questions are under way', async () => {
  let underWay = 0;
  let most = 0;
  const { desk } = await open(() => undefined);
  const markets = {
    of: () =>
      ({
        book: () => ({ book: desk.book }),
        askTop() {
          underWay += 1;
          most = Math.max(most, underWay);
          return new Promise<TopEvent>((resolve) => {
            desk.clock.after(700, () => {
              underWay -= 1;
              resolve(TOP);
            });
          });
        },
      }) as unknown as Market,
  };
  const witness = createBookWitness(desk.clock, markets);
  const undo = Array.from({ length: 10 }, (_, at) => witness.watch(`plain:C${at}-USDT-PERP` as never));
  await desk.stale(5000);
  for (const leave of undo) leave();
  await desk.stale(5000);
  const timers = desk.clock.pendingTimers;
  witness.dispose();
  expect([most, timers - desk.clock.pendingTimers]).toEqual([4, 0]);
});
