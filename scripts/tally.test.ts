import { describe, expect, test } from 'vitest';
import { tallyPlaywright } from './playwright-tally.ts';
import { judge } from './run-suite.ts';
import {
  addTallies,
  failedOnce,
  NOTHING,
  passedOnce,
  skippedOnce,
  tallyExitCode,
  tallyLine,
} from './tally.ts';
import { tallyVitest } from './vitest-tally.ts';

describe('the sum of all suites', () => {
  test('is one line, and only failures or emptiness make it fail', () => {
    const good = addTallies([passedOnce, passedOnce, skippedOnce('desktop: no runtime')]);
    const bad = addTallies([good, failedOnce('biome: ended with code 1')]);
    const skippedOnly = skippedOnce('all: nowhere to run');
    expect([good, bad, skippedOnly].map((tally) => [tallyLine(tally), tallyExitCode(tally)])).toEqual([
      ['2 passed, 0 failed, 1 skipped', 0],
      ['2 passed, 1 failed, 1 skipped', 1],
      ['0 passed, 0 failed, 1 skipped', 1],
    ]);
  });

  test('a runner that falls over after green tests is a failure', () => {
    expect(judge('vitest', passedOnce, 'ended with code 1')).toEqual({
      passed: 1,
      failures: ['vitest: ended with code 1'],
      skips: [],
    });
  });

  test('a runner that says in its report what failed is not counted twice', () => {
    expect(judge('vitest', failedOnce('a.test.ts: adds'), 'ended with code 1').failures).toEqual([
      'a.test.ts: adds',
    ]);
  });

  test('a runner that found nothing to run is a failure', () => {
    expect(judge('vitest', NOTHING, undefined).failures).toEqual(['vitest: no test ran']);
  });
});

describe('a Vitest report', () => {
  const file = (
    status: string,
    message: string,
    assertionResults: { fullName: string; status: string }[],
  ) => ({
    name: '/home/me/heartline/src/a.test.ts',
    status,
    message,
    assertionResults,
  });

  test('gives passes, failures, and skips with their notes', () => {
    const results = [
      { fullName: 'book applies', status: 'passed' },
      { fullName: 'book trims', status: 'failed' },
      { fullName: 'book replays', status: 'pending' },
      { fullName: 'book dreams', status: 'todo' },
    ];
    expect(
      tallyVitest(
        { testResults: [file('failed', '', results)] },
        { 'src/a.test.ts: book replays': 'no recordings here' },
        '/home/me/heartline',
      ),
    ).toEqual({
      passed: 1,
      failures: ['src/a.test.ts: book trims'],
      skips: [
        'src/a.test.ts: book replays: no recordings here',
        'src/a.test.ts: book dreams: no reason given beyond its name',
      ],
    });
  });

  test('counts tests as failed when a hook kept them from running', () => {
    expect(
      tallyVitest(
        { testResults: [file('failed', 'no port', [{ fullName: 'book applies', status: 'pending' }])] },
        {},
        '/home/me/heartline',
      ).failures,
    ).toEqual(['src/a.test.ts: no port', 'src/a.test.ts: book applies (did not run)']);
  });
});

test('a Playwright report gives passes, failures and skips from nested suites; what passed when repeated has passed', () => {
  const spec = (title: string, status: string, description?: string) => ({
    title,
    file: 'desk.spec.ts',
    tests: [
      {
        projectName: 'browser',
        status,
        annotations: description === undefined ? [] : [{ type: 'skip', description }],
      },
    ],
  });
  expect(
    tallyPlaywright({
      errors: [{ message: 'no config\nat line 1' }],
      suites: [
        {
          specs: [spec('opens', 'expected')],
          suites: [
            {
              specs: [
                spec('ticks', 'unexpected'),
                spec('draws', 'flaky'),
                spec('sounds', 'skipped', 'no loudspeaker'),
              ],
            },
          ],
        },
      ],
    }),
  ).toEqual({
    passed: 2,
    failures: ['playwright: no config', 'browser: desk.spec.ts: ticks'],
    skips: ['browser: desk.spec.ts: sounds: no loudspeaker'],
  });
});
