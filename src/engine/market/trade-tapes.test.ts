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
