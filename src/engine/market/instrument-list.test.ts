import { describe, expect, test } from 'vitest';
import type { Instrument } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { InstrumentPage, RestCall, Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import type { RestClient } from '../net/rest-client.ts';
import { plainVenue } from '../test-kit/plain-venue.ts';
import { createInstrumentList } from './instrument-list.ts';

const call = (path: string): RestCall<InstrumentPage> => ({
  path,
  scope: 'all',
  weight: 1,
  parse: () => ({ instruments: [] }),
});
const instrument = (name: string) => ({ id: `plain:${name}` }) as Instrument;

/** A list whose answers stand by their paths. */
function listOf(answers: Readonly<Record<string, readonly Instrument[] | InstrumentPage>>) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const venue: Venue = { ...plainVenue, rest: { ...plainVenue.rest, instruments: () => call('/first') } };
  const rest = {
    call: ({ path }: RestCall<unknown>) => {
      asked.push(path);
      return Promise.resolve(answers[path]);
    },
  } as unknown as RestClient;
  return { asked, list: createInstrumentList({ venue, rest, clock, log: createEventLog(clock) }) };
}

describe('an instrument list', () => {
  test('may come whole', async () => {
    const { list } = listOf({ '/first': [instrument('A')] });
    expect(await list.load()).toEqual([instrument('A')]);
  });

  test('may come in pages, which are all asked for', async () => {
    const { list, asked } = listOf({
      '/first': { instruments: [instrument('A')], next: call('/second') },
      '/second': { instruments: [instrument('B')], next: call('/third') },
      '/third': { instruments: [instrument('C')] },
    });
    expect(await list.load()).toEqual(['A', 'B', 'C'].map(instrument));
    expect(asked).toEqual(['/first', '/second', '/third']);
  });

  test('whose pages go in a circle ends', async () => {
    const { list, asked } = listOf({ '/first': { instruments: [instrument('A')], next: call('/first') } });
    await list.load();
    expect(asked.length).toBe(50);
  });
});
