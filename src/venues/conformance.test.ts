import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineStage, openEngineStage } from '#drill/test-kit/engine-stage.ts';
import { venues } from './registry.ts';
import * as data from './test-kit/conformance-data.ts';
import * as trouble from './test-kit/conformance-trouble.ts';
import { type Desk, openDesk, trialsOf } from './test-kit/trial-desk.ts';

/**
 * What every registered venue has to keep, on real sockets: the venue's own codec and calls, the engine around them,
 * the simulator's façade on the other side, and the simulator's own market as the judge.
 */

/** What is asked of each, in this order. A check that fails does not keep the next from being made. */
const CHECKS: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  instruments: data.listsWhatItTrades,
  ticker: data.tellsTickers,
  trade: data.tellsTrades,
  book: data.keepsTheBook,
  candle: data.tellsCandles,
  history: data.hasAPast,
  'error frame': trouble.survivesNonsense,
  resync: trouble.findsBackIntoTheBook,
  reconnect: trouble.comesBackWithoutALoss,
};

const trials = venues.flatMap(trialsOf);
const outcomes = new Map<string, Promise<void>>();
let stage: EngineStage;

beforeAll(async () => {
  stage = await openEngineStage();
  // All venues at once, each its checks one after the other.
  for (const trial of trials) {
    const desk = openDesk(stage, trial);
    let before: Promise<unknown> = desk.catch(() => undefined);
    for (const [name, check] of Object.entries(CHECKS)) {
      const outcome = before.then(async () => check(await desk));
      outcomes.set(`${trial.name} ${name}`, outcome);
      before = outcome.catch(() => undefined);
    }
  }
});

afterAll(async () => {
  await Promise.allSettled(outcomes.values());
  await stage[Symbol.asyncDispose]();
});

describe.each(trials)('$name', ({ name }) => {
  test.each(Object.keys(CHECKS))('%s', (check) => outcomes.get(`${name} ${check}`), 60_000);
});

test('every venue folder is registered, and every registered venue has a façade to be tried on', () => {
  const foldersIn = (path: string) =>
    readdirSync(join(import.meta.dirname, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'test-kit')
      .map((entry) => entry.name);
  const ids = venues.map(({ id }) => id).sort();
  const facades = new Set(foldersIn('../simulator'));
  expect({ folders: foldersIn('.').sort(), withFacade: ids.filter((id) => facades.has(id)) }).toEqual({
    folders: ids,
    withFacade: ids,
  });
});
