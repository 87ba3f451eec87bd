import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { AccountId } from '#shared/domain/account.ts';
import type { AlertRule } from '#shared/domain/alert.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { createAlertStage, PERP, SPOT, WON } from './test-kit/alert-stage.ts';

let stage: ReturnType<typeof createAlertStage>;
afterEach(() => stage.dispose());

const above = (level: string): AlertRule => ({
  kind: 'price',
  instrument: SPOT,
  of: 'last',
  when: 'above',
  level,
});
const HOUR_MS = 3_600_000;

describe('an alert whose data is stale', () => {
  test('triggers nothing, says so in the list at once and aloud after half a minute, once', async () => {
    stage = createAlertStage();
    await stage.add(above('100'));
    await stage.add({ kind: 'price', instrument: SPOT, of: 'last', when: 'below', level: '50' });
    stage.price(SPOT, 99);
    const at = stage.clock.now();
    stage.kill(SPOT);
    stage.seconds(2);
    const listed = stage.view.rows?.map(({ standing }) => standing.blind);
    const early = stage.calls.length;
    stage.seconds(60);
    expect([listed, early, stage.calls.map(({ happenings }) => happenings.length), stage.story]).toEqual([
      [
        { since: at, reason: 'stale', isTold: false },
        { since: at, reason: 'stale', isTold: false },
      ],
      0,
      // Both together: five hundred alerts of one dead venue are one call.
      [2],
      ['blind stale', 'blind stale'],
    ]);
  });

  test('triggers when data is back beyond its level, and says since when it may have happened', async () => {
    stage = createAlertStage();
    await stage.add(above('100'));
    stage.price(SPOT, 99);
    const since = stage.clock.now();
    stage.kill(SPOT);
    stage.seconds(40);
    stage.price(SPOT, 103);
    stage.seconds(1);
    const [triggered, blind] = stage.view.happenings ?? [];
    expect([triggered, blind]).toMatchObject([
      { kind: 'triggered', value: 103, maybeSince: since, isSeen: false },
      { kind: 'blind', since, reason: 'stale', until: triggered?.at },
    ]);
  });

  test('asks the venue what the price did meanwhile: a touch that is over again is not lost', async () => {
    stage = createAlertStage();
    await stage.add(above('100'));
    await stage.add(above('120'));
    stage.clock.advance(90_000);
    stage.price(SPOT, 99);
    stage.kill(SPOT);
    stage.seconds(40);
    const openTime = stage.clock.now() - 30_000;
    const candle = { openTime, open: 99, high: 104, low: 97, close: 98, volume: 1, closed: false };
    // One from before the alert was made is none of its business.
    stage.candles.set(SPOT, [{ ...candle, openTime: openTime - 600_000, high: 500 }, candle]);
    stage.price(SPOT, 98);
    await stage.settle();
    stage.seconds(1);
    expect(stage.story).toEqual(['blind stale', 'blind stale', 'triggered 104']);
  });

  test('nobody has told anything of it: waiting is said as well', async () => {
    stage = createAlertStage();
    await stage.add(above('100'));
    stage.seconds(35);
    expect(stage.story).toEqual(['blind waiting']);
  });
});

describe('over a restart', () => {
  test('alerts, what triggered unseen, and the blind time are there again', async () => {
    stage = createAlertStage();
    await stage.add(above('100'), { note: 'first' });
    const waits = await stage.add(above('110'), { note: 'second' });
    stage.price(SPOT, 101);
    stage.seconds(1);
    stage.restart(HOUR_MS);
    const { rows, happenings } = stage.view;
    stage.seconds(3);
    stage.price(SPOT, 112);
    await stage.settle();
    stage.seconds(1);
    expect([
      rows?.map(({ alert, standing }) => [alert.note, standing.phase, standing.blind?.reason]),
      happenings?.map((one) => [one.kind, one.isSeen]),
      stage.story,
      stage.calls.map(({ happenings: told }) => told.map(({ alert }) => alert.note)),
    ]).toEqual([
      [
        ['first', 'done', undefined],
        ['second', 'armed', 'off'],
      ],
      [['triggered', false]],
      ['triggered 101', 'blind off', 'triggered 112'],
      [['first'], ['second']],
    ]);
    stage.room.requests['alerts.acknowledge']({});
    stage.room.requests['alerts.remove']({ id: waits });
    stage.restart(1000);
    expect([stage.view.happenings?.map(({ isSeen }) => isSeen), stage.view.rows?.length]).toEqual([
      [true, true, true],
      1,
    ]);
  });

  test('a killed program has forgotten nothing it promised', async () => {
    stage = createAlertStage();
    await stage.add(above('100'), { repeatAfterMs: 60_000 });
    stage.price(SPOT, 101);
    stage.restart(1000, true);
    stage.price(SPOT, 102);
    stage.seconds(1);
    expect(stage.story).toEqual(['triggered 101']);
  });
});

describe('the file', () => {
  test('that is broken is set aside with a word, and alerts go on', async () => {
    stage = createAlertStage();
    await stage.add(above('100'));
    stage.room.dispose();
    writeFileSync(stage.path, '{"version":1,"alerts":[{"al');
    stage.restart(0, true);
    expect([stage.view.rows, stage.codes, existsSync(`${stage.path}.broken`)]).toEqual([
      [],
      ['alerts.broken'],
      true,
    ]);
    await stage.add(above('100'));
    stage.restart(0);
    expect(stage.view.rows?.length).toBe(1);
  });

  test('that is broken a second time is set aside beside the first, which stays', () => {
    stage = createAlertStage();
    stage.room.dispose();
    for (const text of ['{"version":1,"alerts":[{"al', '']) {
      writeFileSync(stage.path, text);
      stage.restart(0, true);
    }
    const kept = ['broken', 'broken-2'].map((end) => readFileSync(`${stage.path}.${end}`, 'utf8'));
    expect([kept, stage.codes]).toEqual([
      ['{"version":1,"alerts":[{"al', ''],
      ['alerts.broken', 'alerts.broken'],
    ]);
  });

  test('with entries that make no sense keeps the others, and the whole beside', async () => {
    stage = createAlertStage();
    await stage.add(above('100'), { note: 'good' });
    stage.room.dispose();
    const file = JSON.parse(readFileSync(stage.path, 'utf8'));
    const [good] = file.alerts;
    const nonsense = [
      null,
      'text',
      { ...good, alert: { ...good.alert, id: 'other', rule: { kind: 'moon' } } },
      { ...good, standing: { phase: 'armed' } },
      good,
    ];
    writeFileSync(stage.path, JSON.stringify({ ...file, alerts: [...nonsense, good], happenings: [7] }));
    stage.restart(0, true);
    expect([stage.view.rows?.map(({ alert }) => alert.note), stage.codes]).toEqual([
      ['good'],
      ['alerts.partly'],
    ]);
  });

  test('of a newer Heartline is said and never written over', async () => {
    stage = createAlertStage();
    stage.room.dispose();
    const newer = JSON.stringify({ version: 2, alerts: 'otherwise' });
    writeFileSync(stage.path, newer);
    stage.restart(0, true);
    await stage.add(above('100'));
    stage.seconds(1);
    expect([readFileSync(stage.path, 'utf8'), stage.codes]).toEqual([newer, ['alerts.unreadable']]);
  });

  test('that cannot be written is said once, and what triggers is called out all the same', async () => {
    stage = createAlertStage();
    mkdirSync(`${stage.path}.new/in-the-way`, { recursive: true });
    mkdirSync(stage.path, { recursive: true });
    await stage.add(above('100'));
    stage.price(SPOT, 101);
    stage.seconds(3);
    expect([stage.story, stage.codes]).toEqual([['triggered 101'], ['alerts.unwritable']]);
    rmSync(stage.path, { recursive: true });
    rmSync(`${stage.path}.new`, { recursive: true });
    stage.seconds(1);
    expect(JSON.parse(readFileSync(stage.path, 'utf8')).alerts.length).toBe(1);
  });
});

describe('what nobody could mean', () => {
  const price = (level: string) => above(level);
  const move = (level: string, withinMin: number): AlertRule => ({
    kind: 'move',
    instrument: SPOT,
    when: 'down',
    level,
    withinMin,
  });
  const profit: AlertRule = {
    kind: 'pnl',
    account: 'plain#aaaaaa' as AccountId,
    unit: 'currency',
    currency: 'USDT',
    when: 'below',
    level: '-5',
  };
  const cases: readonly [string, AlertRule, string][] = [
    ['no number', price('abc'), 'alert.level'],
    ['NaN', price('NaN'), 'alert.level'],
    ['Infinity', price('1e999'), 'alert.level'],
    ['nothing', price(''), 'alert.level'],
    ['a negative price', price('-5'), 'alert.range'],
    ['a price of nothing', price('0'), 'alert.range'],
    ['a fall by more than everything', move('150', 5), 'alert.range'],
    ['no time', move('5', 0), 'alert.window'],
    ['half a minute', move('5', 0.5), 'alert.window'],
    [
      'an instrument nobody lists',
      { ...price('5'), instrument: 'plain:NO-SUCH' as InstrumentId } as AlertRule,
      'instrument.unknown',
    ],
    [
      'a venue nobody has',
      { ...price('5'), instrument: 'moon:BTC-USDT' as InstrumentId } as AlertRule,
      'venue.unknown',
    ],
    ['a mark price of spot', { ...price('5'), of: 'mark' } as AlertRule, 'alert.spot'],
    ['funding of spot', { kind: 'funding', instrument: SPOT, when: 'above', level: '1' }, 'alert.spot'],
    [
      'a premium of a thing over itself',
      { kind: 'premium', krw: WON, usdt: WON, basis: 'tether', when: 'above', level: '3' },
      'alert.legs',
    ],
    ['an account nobody has', profit, 'account.unknown'],
    ['a moment', { kind: 'connection', venue: 'plain' as never, seconds: 1 }, 'alert.seconds'],
  ];
  test.each(cases)('%s is refused with a code', async (_, rule, code) => {
    stage = createAlertStage();
    await expect(stage.add(rule)).rejects.toMatchObject({ code });
    expect(stage.view.rows).toEqual([]);
  });

  test('no way, a past end, a short pause, and the 501st are refused too', async () => {
    stage = createAlertStage();
    const code = (more: Parameters<typeof stage.add>[1]) =>
      stage.add(above('100'), more).catch((fault: unknown) => (fault as { code: string }).code);
    const refused = [
      await code({ ways: [] }),
      await code({ expiresAt: 5 }),
      await code({ repeatAfterMs: 10 }),
    ];
    for (let count = 0; count < 500; count += 1)
      await stage.add(above(String(100 + count)), { isPaused: true });
    refused.push(await code({}));
    expect([refused, stage.view.rows?.length]).toEqual([
      ['alert.ways', 'alert.past', 'alert.cooldown', 'alert.full'],
      500,
    ]);
  });

  test('digits are kept as they were meant, and a note is one plain line', async () => {
    stage = createAlertStage();
    await stage.add(above('+0,083,860.250'), { note: ' <b>up</b>\u202E \n now ' });
    expect(stage.view.rows?.map(({ alert }) => [alert.rule, alert.note])).toEqual([
      [{ ...above('83860.25') }, '<b>up</b> now'],
    ]);
  });
});

describe('a person', () => {
  test('pauses, arms anew, lets expire, and changes what is set', async () => {
    stage = createAlertStage();
    const change = stage.room.requests['alerts.change'];
    const id = await stage.add(above('100'));
    const ends = await stage.add(above('300'), { expiresAt: stage.clock.now() + 5000 });
    await change({ id, isPaused: true });
    stage.price(SPOT, 101);
    stage.seconds(1);
    const paused = stage.story.length;
    await change({ id, isPaused: false, rule: above('105') });
    stage.seconds(1);
    const changed = stage.story.length;
    stage.price(SPOT, 106);
    await change({ id, rearm: true });
    stage.seconds(1);
    stage.seconds(5);
    stage.price(SPOT, 400);
    expect([
      paused,
      changed,
      stage.story,
      stage.view.rows?.find(({ alert }) => alert.id === ends)?.standing.phase,
    ]).toEqual([0, 0, ['triggered 106', 'triggered 106'], 'expired']);
    await expect(change({ id: 'nobody', isPaused: true })).rejects.toMatchObject({ code: 'alert.unknown' });
  });

  test('holds the streams an alert needs, without a window, and no longer than it does', async () => {
    stage = createAlertStage();
    const one = await stage.add({ kind: 'spread', instrument: PERP, unit: 'bps', when: 'above', level: '5' });
    const two = await stage.add({ kind: 'funding', instrument: PERP, when: 'above', level: '1' });
    const held = [...stage.held.keys()].toSorted();
    stage.room.requests['alerts.remove']({ id: one });
    await stage.room.requests['alerts.change']({ id: two, isPaused: true });
    expect([held, [...stage.held.keys()]]).toEqual([[`book ${PERP}`, `mark ${PERP}`], []]);
  });
});

describe('the ways out', () => {
  test('the webhook is told numbers, the time by both clocks, and since when it may have been', async () => {
    stage = createAlertStage({ webhookUrl: 'https://hooks.example/SECRET' });
    await stage.add(above('100'), { note: 'sell', ways: ['webhook'] });
    await stage.add(above('90'));
    stage.price(SPOT, 80);
    stage.kill(SPOT);
    stage.seconds(5);
    stage.price(SPOT, 101.5);
    await stage.settle();
    const [{ body } = { body: undefined }] = stage.posted;
    expect([body, stage.view.webhook?.detail]).toMatchObject([
      {
        app: 'Heartline',
        kind: 'alert',
        isTest: false,
        alerts: [
          {
            what: 'triggered',
            alert: { note: 'sell', rule: above('100') },
            value: 101.5,
            at: { utc: '2023-11-14T22:13:25Z', kst: '2023-11-15T07:13:25+09:00' },
            mayHaveHappenedSince: { ms: 1_700_000_000_020 },
            text: expect.stringContaining('may have happened earlier'),
          },
        ],
      },
      'HTTP 200',
    ]);
    expect(JSON.stringify(stage.posted.map((one) => one.body))).not.toContain('SECRET');
  });

  test('each way is tested by itself and says what came of it', async () => {
    stage = createAlertStage({ webhookUrl: 'https://hooks.example', post: async () => ({ status: 404 }) });
    const test = stage.room.requests['alerts.test'];
    const answers = [await test({ way: 'sound' }), await test({ way: 'webhook' })];
    const told = stage.view.calls.map(({ ways, happenings }) => [ways, happenings]);
    expect([answers, told, stage.posted.map(({ body }) => body['isTest'])]).toEqual([
      [{ outcome: 'sent' }, { outcome: 'refused', detail: 'HTTP 404' }],
      [[['sound'], []]],
      [true],
    ]);
  });

  test('without an address the webhook says so', async () => {
    stage = createAlertStage();
    expect(await stage.room.requests['alerts.test']({ way: 'webhook' })).toEqual({ outcome: 'no-address' });
  });
});
