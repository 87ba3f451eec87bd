import { expect, test } from 'vitest';
import { createMemoryJournal } from './test-kit/memory-journal.ts';
import { approved, BTC, report, stageTrading } from './test-kit/scripted-account.ts';

const yes = () => true;

test('reports and fills of orders of ours are written down once, whoever repeats them, and nobody else’s', async () => {
  const stage = stageTrading();
  await stage.executor.place(approved('a'), yes);
  const fill = {
    id: '7',
    instrument: BTC,
    venueOrderId: 'v-a',
    side: 'buy',
    price: '100',
    quantity: '1',
    venueTime: 2,
  } as const;
  for (let time = 0; time < 3; time += 1) {
    stage.tell(report('a'));
    stage.tell(report('foreign'));
    // Some venues date every answer anew.
    stage.apply({
      kind: 'past',
      orders: [report('a', { venueTime: 10 + time })],
      fills: [fill],
      receivedAt: stage.clock.now(),
    });
  }
  await stage.settled();
  const { state, filledQuantity } = stage.journal.orders.get('a') ?? {};
  expect([stage.journal.kindsOf('a'), state, filledQuantity, stage.journal.kindsOf('foreign')]).toEqual([
    ['sending', 'sent', 'answer', 'report', 'fill'],
    'open',
    '1',
    [],
  ]);
});

test('an order that only seems to have ended is ended once it was looked for in vain for a minute', async () => {
  const states = [];
  for (const end of ['told of late', 'found late', 'no answers', 'never'] as const) {
    let isFound = false;
    const stage = stageTrading({
      async find() {
        if (end === 'no answers') throw new Error('no link');
        return { order: isFound ? report('a', { venueTime: 6 }) : undefined, venueTime: 0 } as never;
      },
    });
    await stage.executor.place(approved('a'), yes);
    stage.tell(report('a'));
    stage.apply({ kind: 'vanished', order: `${BTC} v-a`, venueTime: 5, receivedAt: stage.clock.now() });
    await stage.pass(50_000, 500);
    isFound = end === 'found late';
    if (end === 'told of late') {
      stage.tell(report('a', { status: 'PARTIALLY_FILLED', filledQuantity: '1', venueTime: 6 }));
    }
    await stage.pass(60_000, 500);
    states.push([end, stage.state('a')]);
  }
  expect(states).toEqual([
    ['told of late', 'open'],
    ['found late', 'open'],
    ['no answers', 'open'],
    ['never', 'cancelled'],
  ]);
});

test('an order that is changed back to what it was is written down as that, and what lags behind is not', async () => {
  const stage = stageTrading();
  await stage.executor.place(approved('a'), yes);
  const quantities = ['2', '3', '2', '3'];
  for (const [at, quantity] of quantities.entries()) stage.tell(report('a', { quantity, venueTime: at + 1 }));
  // Once more, late; and REST, dated anew.
  stage.tell(report('a', { quantity: '2', venueTime: 3 }));
  stage.apply({
    kind: 'past',
    orders: [report('a', { quantity: '2', venueTime: 90 })],
    fills: [],
    receivedAt: stage.clock.now(),
  });
  const told = stage.journal.linesOf('a').flatMap(({ event }) => {
    return event.kind === 'report' ? [event.report.quantity] : [];
  });
  expect(told).toEqual(quantities);
});

test('what an answer tells of an order is kept while the journal can be neither read nor written', async () => {
  const stage = stageTrading({
    async place({ clientOrderId }, onSending) {
      onSending('hash');
      stage.journal.isBroken = true;
      return { verdict: 'accepted', answer: { report: report(clientOrderId) } };
    },
  });
  const { state } = await stage.executor.place(approved('a'), yes);
  stage.journal.isBroken = false;
  await stage.pass(1500);
  expect([state, stage.journal.kindsOf('a')]).toEqual(['open', ['sending', 'sent', 'answer', 'report']]);
});

test('nothing is left to run after the end: what waits for the disk then is found out by the next start', async () => {
  const stage = stageTrading({
    place: (_order, onSending) =>
      new Promise((answer) => {
        onSending('hash');
        stage.clock.after(500, () => answer({ verdict: 'accepted', answer: {} }));
      }),
  });
  const placed = stage.executor.place(approved('a'), yes);
  await stage.pass(50);
  stage.journal.isBroken = true;
  stage.lines.dispose();
  await stage.pass(1000);
  const { state } = await placed;
  await stage.pass(3000);
  const next = createMemoryJournal(stage.clock, stage.journal.lines);
  const waits = { owed: stage.lines.owed, answers: stage.journal.kindsOf('a').includes('answer') };
  stage.journal.isBroken = false;
  await stage.pass(3000);
  expect([state, stage.lines.owed === waits.owed, waits.answers, next.orders.get('a')?.state]).toEqual([
    'open',
    true,
    false,
    'unknown',
  ]);
});
