import { expect, test } from 'vitest';
import { createPriceFlash, type Lit } from './price-flash.ts';

/** A flash on a clock of its own, with what is lit after each step. */
function onClock(isWanted = () => true) {
  let now = 0;
  let due: { readonly at: number; readonly run: () => void } | undefined;
  const flash = createPriceFlash(
    {
      isWanted,
      now: () => now,
      after(delayMs, run) {
        due = { at: now + delayMs, run };
        return () => {
          due = undefined;
        };
      },
    },
    () => flash.sweep(),
  );
  const goTo = (time: number) => {
    while (due !== undefined && due.at <= time) {
      const { at, run } = due;
      now = at;
      due = undefined;
      run();
    }
    now = time;
  };
  return { flash, goTo, isWaiting: () => due !== undefined };
}

const cell = (): Lit => ({ dataset: {} });
const lit = (...cells: readonly Lit[]) => cells.map(({ dataset }) => dataset['flash']);

test('a price that moved is lit in its direction, and out again within 150 ms', () => {
  const { flash, goTo, isWaiting } = onClock();
  const [up, down, still] = [cell(), cell(), cell()];
  for (const one of [up, down, still]) flash.see(one, 100, 'binance:BTC', true);
  expect(lit(up, down, still)).toEqual([undefined, undefined, undefined]);
  flash.see(up, 101, 'binance:BTC', true);
  flash.see(down, 99, 'binance:BTC', true);
  flash.see(still, 100, 'binance:BTC', true);
  expect(lit(up, down, still)).toEqual(['up', 'down', undefined]);
  goTo(119);
  expect(lit(up, down)).toEqual(['up', 'down']);
  goTo(134);
  expect({ lit: lit(up, down), isWaiting: isWaiting() }).toEqual({
    lit: [undefined, undefined],
    isWaiting: false,
  });
});

test('a second move begins anew, in its own direction, while what moved before it goes out in time', () => {
  const { flash, goTo } = onClock();
  const [first, second] = [cell(), cell()];
  for (const one of [first, second]) flash.see(one, 100, 'a', true);
  flash.see(first, 101, 'a', true);
  flash.see(second, 101, 'a', true);
  goTo(100);
  flash.see(first, 100.5, 'a', true);
  goTo(130);
  expect(lit(first, second)).toEqual(['down', undefined]);
  goTo(220);
  expect(lit(first, second)).toEqual([undefined, undefined]);
});

test('another instrument, a price that is not fresh and one that was not known are no moves', () => {
  const { flash } = onClock();
  const one = cell();
  flash.see(one, Number.NaN, 'a', true);
  flash.see(one, 100, 'a', true);
  flash.see(one, 200, 'b', true);
  flash.see(one, 201, 'b', false);
  expect(lit(one)).toEqual([undefined]);
});

test('nothing is lit when it is not wanted, nor left lit by a painter that ended', () => {
  let isWanted = false;
  const { flash, isWaiting } = onClock(() => isWanted);
  const one = cell();
  flash.see(one, 100, 'a', true);
  flash.see(one, 101, 'a', true);
  expect(lit(one)).toEqual([undefined]);
  isWanted = true;
  flash.see(one, 102, 'a', true);
  expect(lit(one)).toEqual(['up']);
  flash.dispose();
  expect({ lit: lit(one), isWaiting: isWaiting() }).toEqual({ lit: [undefined], isWaiting: false });
});
