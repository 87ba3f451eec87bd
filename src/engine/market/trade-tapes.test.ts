import { describe, expect, test } from 'vitest';
import type { TradeEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { PLAIN_BTC } from '../test-kit/plain-venue.ts';
import { createTradeTapes } from './trade-tapes.ts';

const trade = (id: number): TradeEvent => ({
  kind: 'trade',
  instrument: PLAIN_BTC,
  id: String(id),
  price: 1,
  quantity: 1,
  side: 'buy',
  venueTime: id,
  receivedAt: id,
});
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

/** A venue whose trades happen whether we hear them or not; its answers are made when asked and come when told. */
function start() {
  const clock = createVirtualClock();
  const happened: TradeEvent[] = [];
  const answers: (() => void)[] = [];
  const faults: string[] = [];
  const failing = { left: 0 };
  const tapes = createTradeTapes({
    clock,
    load() {
      const picture = [...happened];
      return new Promise((resolve, reject) => {
        answers.push(failing.left-- > 0 ? () => reject(new Error('gone')) : () => resolve(picture));
      });
    },
    onFilled: () => undefined,
    onFault: (fault) => faults.push(String(fault)),
  });
  const happen = (id: number, heard: boolean) => {
    happened.push(trade(id));
    if (heard) tapes.add(trade(id));
  };
  const answer = async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const give of answers.splice(0)) give();
      await settle();
    }
  };
  const ids = () => tapes.look(PLAIN_BTC).recent.map(({ id }) => Number(id));
  return { clock, tapes, happen, answer, ids, faults, failing, asked: () => answers.length };
}

describe('trade tapes', () => {
  test('have no hole between a past asked for early and a stream that began later', async () => {
    const { tapes, happen, answer, ids } = start();
    happen(1, false);
    tapes.look(PLAIN_BTC);
    happen(2, false);
    happen(3, true);
    await answer();
    happen(4, true);
    await answer();
    expect(ids()).toEqual([1, 2, 3, 4]);
  });

  test('fill what was missed while the stream was broken, also when the past was still under way then', async () => {
    const { tapes, happen, answer, ids } = start();
    happen(1, true);
    tapes.look(PLAIN_BTC);
    tapes.interrupted(PLAIN_BTC);
    happen(2, false);
    happen(3, true);
    await answer();
    expect(ids()).toEqual([1, 2, 3]);
  });

  test('start anew when the stream was let go in between: old and new trades would not follow one another', async () => {
    const { tapes, happen, answer, ids } = start();
    happen(1, true);
    tapes.look(PLAIN_BTC);
    await answer();
    tapes.release(PLAIN_BTC);
    happen(2, false);
    happen(3, true);
    tapes.look(PLAIN_BTC);
    await answer();
    expect(ids()).toEqual([1, 2, 3]);
  });

  test('ask for the past again until it comes, and say every failure', async () => {
    const { clock, tapes, happen, answer, ids, faults, failing } = start();
    failing.left = 2;
    happen(1, false);
    tapes.look(PLAIN_BTC);
    for (let round = 0; round < 4; round += 1) {
      await answer();
      clock.advance(3000);
    }
    expect({ ids: ids(), faults: faults.length }).toEqual({ ids: [1], faults: 2 });
  });

  test('leave nothing behind of an instrument nobody keeps, whatever was under way', async () => {
    const { clock, tapes, happen, answer, asked, failing } = start();
    failing.left = 1;
    happen(1, false);
    tapes.look(PLAIN_BTC);
    tapes.release(PLAIN_BTC);
    await answer();
    clock.advance(10_000);
    expect({ asked: asked(), timers: clock.pendingTimers }).toEqual({ asked: 0, timers: 0 });
  });
});

test('trades lost on a connection that never broke are found by their ids and asked for once', async () => {
  const clock = createVirtualClock();
  const happened = Array.from({ length: 9 }, (_, index) => trade(index + 1));
  let asked = 0;
  const tapes = createTradeTapes({
    clock,
    follows: (previousId, id) => Number(id) === Number(previousId) + 1,
    load: () => {
      asked += 1;
      return Promise.resolve(happened);
    },
    onFilled: () => undefined,
    onFault: () => undefined,
  });
  tapes.add(trade(1));
  tapes.look(PLAIN_BTC);
  await settle();
  for (const id of [10, 13, 15, 17]) {
    happened.push(trade(id - 1), trade(id));
    tapes.add(trade(id));
  }
  happened.splice(0, happened.length, ...Array.from({ length: 17 }, (_, index) => trade(index + 1)));
  clock.advance(2000);
  await settle();
  expect({ asked, ids: tapes.look(PLAIN_BTC).recent.map(({ id }) => Number(id)) }).toEqual({
    asked: 2,
    ids: Array.from({ length: 17 }, (_, index) => index + 1),
  });
});

describe('what is told of trades that were missed', () => {
  const counting = (previousId: string, id: string) => Number(id) === Number(previousId) + 1;

  function startTelling(follows?: typeof counting) {
    const clock = createVirtualClock();
    const told: string[] = [];
    const happened: TradeEvent[] = [];
    const tapes = createTradeTapes({
      clock,
      follows,
      load: () => Promise.resolve([...happened]),
      onFilled: () => undefined,
      onRecovered: (_instrument, missed, recovered) => told.push(`${missed} missed, ${recovered} recovered`),
      onFault: () => undefined,
    });
    return { clock, tapes, told, happened };
  }

  test('over a break, with what REST brings of it', async () => {
    const { clock, tapes, told, happened } = startTelling(counting);
    happened.push(...[1, 2, 3].map(trade));
    for (const id of [2, 3]) tapes.add(trade(id));
    tapes.look(PLAIN_BTC);
    await settle();
    tapes.interrupted(PLAIN_BTC);
    happened.push(...[4, 5, 6, 7].map(trade));
    tapes.add(trade(7));
    await settle();
    // Without a break on the connection, and of a past that reaches back only so far.
    happened.splice(0, happened.length, ...[11, 12].map(trade));
    tapes.add(trade(12));
    clock.advance(2000);
    await settle();
    expect(told).toEqual(['3 missed, 3 recovered', '4 missed, 1 recovered']);
  });

  test('only what was recovered, where ids do not tell what was missed, and nothing where nothing was', async () => {
    const { tapes, told, happened } = startTelling();
    happened.push(trade(1));
    tapes.add(trade(1));
    tapes.look(PLAIN_BTC);
    tapes.interrupted(PLAIN_BTC);
    happened.push(trade(2), trade(3));
    tapes.add(trade(3));
    await settle();
    tapes.interrupted(PLAIN_BTC);
    happened.push(trade(4));
    tapes.add(trade(4));
    await settle();
    expect(told).toEqual(['0 missed, 1 recovered']);
  });

  test('of a tape nobody looks at: that they were missed, and that nothing was fetched', () => {
    const { tapes, told } = startTelling(counting);
    for (const id of [1, 5, 6]) tapes.add(trade(id));
    expect(told).toEqual(['3 missed, 0 recovered']);
  });
});
