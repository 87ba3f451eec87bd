import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { TickerEvent } from '#shared/domain/market-data.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Venue } from '#venues/venue.ts';
import { createEventLog } from '../health/event-log.ts';
import type { RestClient } from '../net/rest-client.ts';
import { PLAIN_BTC, plainVenue } from '../test-kit/plain-venue.ts';
import { createInstrumentList } from './instrument-list.ts';
import { createInstrumentWatch } from './instrument-watch.ts';

const listed = (status: Instrument['status']) => [{ id: PLAIN_BTC, status } as Instrument];
const ticker = (halted: boolean) =>
  ({ kind: 'ticker', instrument: PLAIN_BTC, ...(halted && { halted }) }) as TickerEvent;

/** A venue whose list is `answer`, and one held stream; `seconds` lets time pass. */
function start(answer: { list: readonly Instrument[] | HeartlineError }) {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const told: string[] = [];
  log.onEntry(({ code }) => told.push(code));
  let asked = 0;
  const rest = {
    async call() {
      asked += 1;
      if (answer.list instanceof HeartlineError) throw answer.list;
      return answer.list;
    },
  } as unknown as RestClient;
  const venue: Venue = plainVenue;
  let streamState: 'live' | 'stale' = 'live';
  const list = createInstrumentList({ venue, rest, clock, log });
  const watch = createInstrumentWatch({
    clock,
    log,
    venue: 'Plain',
    list,
    held: new Map([[`ticker ${PLAIN_BTC}`, 1]]),
    health: () => [
      { state: { kind: 'live' }, streams: [{ state: streamState, since: 0 }] } as unknown as ConnectionHealth,
    ],
  });
  return {
    watch,
    told,
    asked: () => asked,
    fallSilent: () => {
      streamState = 'stale';
    },
    async seconds(count: number) {
      for (let second = 0; second < count; second += 1) {
        clock.advance(1000);
        watch.second();
        for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
      }
    },
  };
}

describe('how a venue has what is in use', () => {
  test('is looked up again when something falls silent, less and less often, and every change is told once', async () => {
    const answer: { list: readonly Instrument[] } = { list: listed('trading') };
    const { told, asked, seconds, fallSilent } = start(answer);
    await seconds(600);
    const whileFine = asked();
    fallSilent();
    answer.list = listed('halted');
    await seconds(70);
    answer.list = [];
    await seconds(200);
    answer.list = listed('warned');
    await seconds(400);
    answer.list = listed('trading');
    await seconds(900);
    expect({ whileFine, told, asked: asked() < 30 }).toEqual({
      whileFine: 1,
      told: ['instrument.halted', 'instrument.delisted', 'instrument.warned', 'instrument.trading'],
      asked: true,
    });
  });

  test('is not known while the list cannot be had: that is told once, and so is its end', async () => {
    const answer: { list: readonly Instrument[] | HeartlineError } = {
      list: new HeartlineError('rest.geo', 'not from here'),
    };
    const { told, asked, seconds } = start(answer);
    await seconds(125);
    const whileAway = [...told, asked()];
    answer.list = listed('trading');
    await seconds(40);
    expect([whileAway, told]).toEqual([
      ['instruments.missing', 5],
      ['instruments.missing', 'instruments.back'],
    ]);
  });

  test('is what the stream says where the list does not tell, and what is listed says so too', async () => {
    const { watch, told, seconds } = start({ list: listed('trading') });
    await seconds(2);
    watch.note(ticker(false));
    watch.note(ticker(true));
    watch.note(ticker(true));
    const halted = (await watch.instruments())[0]?.status;
    watch.note(ticker(false));
    expect([halted, (await watch.instruments())[0]?.status, told]).toEqual([
      'halted',
      'trading',
      ['instrument.halted', 'instrument.trading'],
    ]);
  });

  test('is told for what somebody asks about, once', async () => {
    const { watch, told } = start({ list: [] });
    for (let time = 0; time < 2; time += 1) {
      await expect(watch.check(PLAIN_BTC)).rejects.toMatchObject({ code: 'instrument.unknown' });
    }
    expect(told).toEqual(['instrument.delisted']);
  });
});
