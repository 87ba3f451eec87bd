import { expect, it } from 'vitest';
import { chanceOf, replayOf, seedsOf } from '#shared/test-kit/seeds.ts';
import { createLayoutHistory } from './layout-history.ts';

it('takes back and brings again exactly what stood there, whatever the hands do', () => {
  for (const seed of seedsOf(200)) {
    const chance = chanceOf(seed);
    const history = createLayoutHistory(5);
    // A plain list with a cursor says what should be seen.
    let states = ['first'];
    let at = 0;
    history.note('first');
    for (let step = 0; step < 60; step += 1) {
      const dice = chance();
      if (dice < 0.4) {
        const next = `state ${Math.floor(chance() * 4)}`;
        history.note(next);
        if (next !== states[at]) {
          states = [...states.slice(0, at + 1), next].slice(-6);
          at = states.length - 1;
        }
      } else if (dice < 0.7) {
        const seen = history.back();
        const expected = states[at - 1];
        expect(seen, replayOf(seed, 'src/renderer/workspace/layout-history.test.ts')).toBe(expected);
        if (expected !== undefined) at -= 1;
      } else {
        const seen = history.forward();
        const expected = states[at + 1];
        expect(seen, replayOf(seed, 'src/renderer/workspace/layout-history.test.ts')).toBe(expected);
        if (expected !== undefined) at += 1;
      }
      expect([history.canGoBack, history.canGoForward]).toEqual([at > 0, at < states.length - 1]);
    }
  }
});

it('counts what the dock itself made of a step that was taken back as no step of its own', () => {
  const history = createLayoutHistory();
  history.note('one');
  history.note('two');
  expect(history.back()).toBe('one');
  history.settle('one, rounded by the dock');
  history.note('one, rounded by the dock');
  expect({ back: history.canGoBack, forward: history.forward() }).toEqual({ back: false, forward: 'two' });
});
