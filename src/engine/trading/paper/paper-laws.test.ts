import { expect, test } from 'vitest';
import { replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { runs } from '#shared/test-kit/soak.ts';
import { paperRun } from './test-kit/paper-chaos.ts';
import { DOLLAR_COIN, listed, PERP } from './test-kit/paper-stage.ts';

const FILE = 'src/engine/trading/paper/paper-laws.test.ts';
const STEPS = 150;
/** Generous, because a limit is for what hangs. */
const SOAK_MS = 600_000;
/** As Upbit's, with prices that the money is enough for. */
const CHEAP = listed('upbit:XRP-KRW', 'spot');

test.each([
  ['a contract', PERP],
  ['a coin with its fee in won', CHEAP],
  ['a coin with its fee in what is bought', DOLLAR_COIN],
])(
  'whatever the market and the person do with %s, money is conserved to the last digit and no fill is kinder than the market was',
  async (_, instrument) => {
    let fills = 0;
    for (const seed of seedsOf(runs(60, 2000))) {
      const run = await paperRun(seed, instrument, STEPS);
      fills += run.fills.length;
      expect(run.broken, replayOf(seed, FILE)).toEqual([]);
    }
    // A law over nothing is none.
    expect(fills).toBeGreaterThan(0);
  },
);

test(
  'the same seed ends in the same fills',
  async () => {
    for (const seed of seedsOf(5)) {
      const [one, other] = [await paperRun(seed, PERP, STEPS), await paperRun(seed, PERP, STEPS)];
      expect(one.fills, replayOf(seed, FILE)).toEqual(other.fills);
    }
  },
  SOAK_MS,
);

test('the runs come through every way an order can go', async () => {
  const met = new Set<string>();
  const words = new Set<string>();
  for (let seed = 0; seed < 30; seed += 1) {
    const run = await paperRun(seed, PERP, STEPS);
    for (const verdict of run.verdicts.keys()) met.add(verdict);
    for (const { isMaker } of run.fills) words.add(isMaker ? 'maker' : 'taker');
    if (run.liquidations > 0) words.add('liquidated');
  }
  expect([[...met].sort(), [...words].sort()]).toEqual([
    ['amend accepted', 'amend rejected', 'amend unchanged', 'cancel accepted', 'placed', 'rejected'],
    ['liquidated', 'maker', 'taker'],
  ]);
});
