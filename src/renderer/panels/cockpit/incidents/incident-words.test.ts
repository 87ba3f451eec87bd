import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AppDescription } from '#shared/contract/api.ts';
import type { Incident, Verdict } from '#shared/domain/incident.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { alarmText } from '../../../i18n/alarm-text.ts';
import { en } from '../../../i18n/en.ts';
import {
  incidentAdvice,
  incidentCosts,
  incidentOthers,
  incidentTitle,
  incidentWhen,
} from './incident-words.ts';
import { verdictSentence } from './verdict-words.ts';

const app = {
  venues: [
    { id: 'upbit', name: 'Upbit' },
    { id: 'bithumb', name: 'Bithumb' },
  ],
} as unknown as AppDescription;

const incident: Incident = {
  id: '1',
  venue: venueId('bithumb'),
  connection: 'bithumb/public',
  worst: 'stale',
  cause: { code: 'socket.silent', detail: '' },
  startedAt: 0,
  noticedAt: 4_800,
  endedAt: 60_000,
  attempts: 1,
  tradesMissed: 0,
  tradesRecovered: 0,
  candlesRepaired: 0,
  booksResynced: 0,
  ordersInFlight: 0,
  verdict: { side: 'theirs', kind: 'socket', confidence: 0.86, evidence: [] },
  others: [{ venue: venueId('upbit'), worst: 'live' }],
  transitions: [],
};

beforeAll(() =>
  i18next.init({
    resources: { en: { translation: en } },
    lng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  }),
);

describe('an incident in words', () => {
  it('says whose, what, for how long, how soon it was noticed, and how often it was tried', () => {
    expect(incidentTitle(app, incident)).toBe('Bithumb public · the socket went silent');
    expect(incidentWhen(incident, 60_000)).toMatch(
      /^\d\d:\d\d:00 → \d\d:\d\d:00 · 1 m 00 s · noticed after 4\.8 s · 1 attempt$/,
    );
    const going: Omit<Incident, 'endedAt'> = Object.fromEntries(
      Object.entries(incident).filter(([name]) => name !== 'endedAt'),
    ) as unknown as Incident;
    expect(incidentWhen(going, 90_000)).toContain('→ now · 1 m 30 s');
    expect(incidentOthers(app, incident)).toBe('Upbit live');
  });

  it('names only the costs there were, and says so where none is known', () => {
    expect(incidentCosts(incident)).toEqual([en['incident.nothing-lost'], en['incident.no-orders']]);
    const costly = {
      ...incident,
      tradesMissed: 12,
      tradesRecovered: 11,
      candlesRepaired: 1,
      booksResynced: 2,
      ordersInFlight: 1,
    };
    expect(incidentCosts(costly)).toEqual([
      'Trades: 12 missed, 11 read afterwards.',
      '1 candle repaired.',
      '2 books read anew.',
      '1 order was in flight.',
    ]);
  });

  it('tells what happened, what it means for the money, and what to do; of what was asked for, only that', () => {
    expect(incidentAdvice(incident)).toEqual([
      en['advice.timeout'],
      en['advice.timeout-money'],
      en['advice.timeout-do'],
    ]);
    expect(incidentAdvice({ ...incident, cause: { code: 'user', detail: '' } })).toEqual([en['advice.none']]);
  });
});

describe('a verdict in words', () => {
  const said = (verdict: Partial<Verdict>) => verdictSentence(app, { ...incident.verdict, ...verdict });

  it('says the side, how sure, and the evidence with the figures a person can read', () => {
    const evidence = [
      { code: 'venues.fine', details: { venues: 'upbit, bithumb', count: 2 } },
      { code: 'rest.answers', details: { ms: 2_100, against: 1 } },
      { code: 'clock.off', details: { offsetMs: -750 } },
      { code: 'machine.stood-still', details: { ms: 0 } },
      { code: 'stream.alone', details: { stream: 'trade upbit:BTC-KRW', fine: 3 } },
    ];
    expect(said({ evidence })).toBe(
      'On the venue’s side (86 %): other venues were fine all the while (Upbit, Bithumb); ' +
        'although the venue still answers questions (2.1 s); this computer’s clock is off (−750 ms); ' +
        'the computer slept or stood still; one stream alone was silent (Trades · BTC-KRW, 3 others came).',
    );
  });

  it('says what it has no words for by its code, and without evidence only the side', () => {
    expect(said({ side: 'mine', evidence: [{ code: 'new.sign', details: { cause: 'x' } }] })).toBe(
      'On your side (86 %): a sign we have no words for (new.sign).',
    );
    expect([said({ side: 'unclear', confidence: 0 }), said({ kind: 'asked' })]).toEqual([
      'Unclear whose fault (0 %).',
      'You asked for it.',
    ]);
  });
});

it('an alarm says its rule, its figure and its bound, in the unit of each', () => {
  const alarm = { id: '', exposure: 'none', state: 'active', raisedAt: 0, lastAt: 0, count: 1 } as const;
  const about = { ...alarm, subject: 'bithumb/public' };
  expect([
    alarmText({ ...about, rule: 'score', value: 0.351, bound: 0.8 }),
    alarmText({ ...about, rule: 'inactive', value: 125_000, bound: 120_000 }),
    alarmText({ ...alarm, subject: 'engine', rule: 'memory', value: 140.4, bound: 100 }),
  ]).toEqual([
    'Bithumb public: health 0.35, below 0.80.',
    'Bithumb public: no data for 2 m 05 s; the alarm stands at 2 m 00 s.',
    'The engine holds 140 MB of memory; the alarm stands at 100 MB.',
  ]);
});
