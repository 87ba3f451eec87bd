import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { JournalEvent } from '#shared/domain/journal.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings, DEFAULT_LIMITS as LIMITS } from '../default-settings.ts';
import { createEventLog } from '../health/event-log.ts';
import { type ArmingOptions, createArming, type DisarmReason } from './arming.ts';
import { type BoundedConfirm, boundConfirm } from './bounded-confirm.ts';

const BYBIT = venueId('bybit');
const UPBIT = venueId('upbit');
const SIMULATED = venueId('binance');
const MINUTE = 60_000;

function desk(options: Partial<ArmingOptions> = {}) {
  const virtual = createVirtualClock();
  const set = {
    wallMs: 0,
    stoppedMs: 0,
    isHalted: false,
    mainnet: true,
    disarmAfterMin: 15,
    limits: LIMITS,
    venues: {} as Settings['trading']['venues'],
    accounts: {} as Settings['trading']['accounts'],
    isDiskFull: false,
  };
  // Somebody may set its wall time, or stop the whole program.
  const clock = {
    ...virtual,
    now: () => virtual.now() + set.wallMs + set.stoppedMs,
    monotonic: () => virtual.monotonic() + set.stoppedMs,
  };
  const lines: JournalEvent[] = [];
  const { trading } = defaultSettings([{ favourites: ['bybit:BTC-USDT-PERP' as never] }]);
  const arming = createArming({
    clock,
    journal: {
      append(event) {
        if (set.isDiskFull) throw new HeartlineError('journal.unwritable', 'the disk is full');
        lines.push(event);
        return { seq: lines.length, at: clock.now(), event, hash: '' };
      },
    },
    log: createEventLog(clock),
    venues: [
      { id: BYBIT, name: 'Bybit', isReal: true },
      { id: UPBIT, name: 'Upbit', isReal: true },
      { id: SIMULATED, name: 'Binance', isReal: false },
    ],
    settings: () => ({
      ...trading,
      mainnet: set.mainnet,
      disarmAfterMin: set.disarmAfterMin,
      limits: set.limits,
      venues: set.venues,
      accounts: set.accounts,
    }),
    isHalted: () => set.isHalted,
    confirm: { ask: async () => 'yes' },
    shell: 'desktop',
    ...options,
  });
  return { arming, set, lines, advance: (ms: number) => virtual.advance(ms), clock };
}

const codeOf = (promise: Promise<void>) =>
  promise.then(
    () => 'armed',
    (fault: HeartlineError) => [fault.code, fault.details],
  );

test('every real venue starts disarmed, and what is not real needs no arming', async () => {
  const { arming, lines } = desk();
  await arming.arm(SIMULATED, '');
  expect([arming.isArmed(BYBIT), arming.isArmed(SIMULATED), arming.isArmed(venueId('okx')), lines]).toEqual([
    false,
    true,
    false,
    [],
  ]);
  expect(arming.view()[0]).toEqual({
    venue: 'bybit',
    name: 'Bybit',
    isReal: true,
    isArmed: false,
    phrase: 'ARM BYBIT',
  });
  expect(arming.view()[2]).toMatchObject({ isReal: false, isArmed: false });
});

test('the typed phrase arms that one venue, and the journal has it first', async () => {
  const { arming, lines, clock } = desk();
  await arming.arm(BYBIT, '  ARM BYBIT\n');
  expect([arming.isArmed(BYBIT), arming.isArmed(UPBIT), lines]).toEqual([
    true,
    false,
    [{ kind: 'armed', venue: 'bybit', reason: 'dialog' }],
  ]);
  expect(arming.view()[0]?.until).toBe(clock.now() + 15 * MINUTE);
});

test.each([
  'arm bybit',
  'ARM  BYBIT',
  'ARM UPBIT',
  'ARM',
  '',
  'ARM BYBIT!',
  'ＡＲＭ ＢＹＢＩＴ',
  '무장 BYBIT',
])('%j is not the phrase', async (typed) => {
  const { arming, lines } = desk();
  expect([await codeOf(arming.arm(BYBIT, typed)), arming.isArmed(BYBIT), lines]).toEqual([
    ['arm.phrase', { phrase: 'ARM BYBIT' }],
    false,
    [],
  ]);
});

test('after five wrong phrases within a minute even the right one waits, at every venue', async () => {
  const { arming, advance } = desk();
  for (let tried = 0; tried < 5; tried += 1) await codeOf(arming.arm(BYBIT, 'x'));
  advance(59_000);
  expect([await codeOf(arming.arm(UPBIT, 'ARM UPBIT')), arming.isArmed(UPBIT)]).toEqual([
    ['arm.wait', { seconds: 1 }],
    false,
  ]);
  advance(1000);
  expect(await codeOf(arming.arm(UPBIT, 'ARM UPBIT'))).toBe('armed');
});

test('five wrong phrases over a longer time are a tired person’s', async () => {
  const { arming, advance } = desk();
  for (let tried = 0; tried < 9; tried += 1) {
    await codeOf(arming.arm(BYBIT, 'x'));
    advance(15_000);
  }
  expect(await codeOf(arming.arm(BYBIT, 'ARM BYBIT'))).toBe('armed');
});

test('nothing is armed while real money is off or trading is halted, whatever is typed', async () => {
  const { arming, set, lines } = desk();
  set.mainnet = false;
  const off = await codeOf(arming.arm(BYBIT, 'ARM BYBIT'));
  const shown = arming.view().map(({ barred }) => barred);
  set.isHalted = true;
  expect([off, shown, await codeOf(arming.arm(BYBIT, 'ARM BYBIT')), lines]).toEqual([
    ['arm.barred', { venue: 'bybit', reason: 'mainnet-off' }],
    ['mainnet-off', 'mainnet-off', undefined],
    ['arm.barred', { venue: 'bybit', reason: 'halted' }],
    [],
  ]);
});

test('what cannot be written down is not armed', async () => {
  const { arming, set } = desk();
  set.isDiskFull = true;
  expect([await codeOf(arming.arm(BYBIT, 'ARM BYBIT')), arming.isArmed(BYBIT)]).toEqual([
    ['journal.unwritable', {}],
    false,
  ]);
});

describe('an armed venue disarms by itself', () => {
  async function armed(options: Partial<ArmingOptions> = {}) {
    const made = desk(options);
    await made.arming.arm(BYBIT, 'ARM BYBIT');
    await made.arming.arm(UPBIT, 'ARM UPBIT');
    made.lines.length = 0;
    return { ...made, both: () => [made.arming.isArmed(BYBIT), made.arming.isArmed(UPBIT)] };
  }

  test('after 15 minutes without an order there, and to the millisecond', async () => {
    const { advance, arming, both, lines } = await armed();
    advance(10 * MINUTE);
    arming.note(UPBIT);
    advance(5 * MINUTE - 1);
    const before = both();
    advance(1);
    const after = both();
    advance(10 * MINUTE - 1);
    const later = both();
    advance(1);
    expect([before, after, later, both(), lines]).toEqual([
      [true, true],
      [false, true],
      [false, true],
      [false, false],
      [
        { kind: 'disarmed', venue: 'bybit', reason: 'idle' },
        { kind: 'disarmed', venue: 'upbit', reason: 'idle' },
      ],
    ]);
  });

  test('at once when the time is made shorter than what has passed already', async () => {
    const { advance, set, both } = await armed();
    advance(3 * MINUTE);
    set.disarmAfterMin = 2;
    expect(both()).toEqual([false, false]);
  });

  test.each<readonly [string, number, boolean]>([
    ['forward by more than 5 s', 5001, false],
    ['back by more than 5 s', -5001, false],
    ['forward by 5 s', 5000, true],
    ['back by 5 s', -5000, true],
  ])('when the clock is set %s, before the next tick', async (_how, wallMs, isStill) => {
    const { advance, set, both, lines } = await armed();
    advance(1500);
    set.wallMs = wallMs;
    expect([both(), lines.length]).toEqual([[isStill, isStill], isStill ? 0 : 2]);
  });

  test.each([
    [5000, true],
    [6001, false],
  ])('when nothing ran for %i ms, before anything else does', async (stoppedMs, isStill) => {
    const { set, both, lines } = await armed();
    set.stoppedMs = stoppedMs;
    expect([both(), lines[0]]).toEqual([
      [isStill, isStill],
      isStill ? undefined : { kind: 'disarmed', venue: 'bybit', reason: 'resume' },
    ]);
  });

  test('but not when it is slewed into place', async () => {
    const { advance, set, both } = await armed();
    for (let second = 0; second < 60; second += 1) {
      set.wallMs += 500;
      advance(1000);
    }
    expect(both()).toEqual([true, true]);
  });

  test('when trading is halted or real money is switched off, without being told', async () => {
    const first = await armed();
    first.set.isHalted = true;
    const second = await armed();
    second.set.mainnet = false;
    expect([first.both(), first.lines[0], second.both(), second.lines[0]]).toEqual([
      [false, false],
      { kind: 'disarmed', venue: 'bybit', reason: 'halted' },
      [false, false],
      { kind: 'disarmed', venue: 'bybit', reason: 'mainnet-off' },
    ]);
  });

  test.each<DisarmReason>(['person', 'lock', 'suspend', 'resume', 'halted', 'quit'])(
    'when told so (%s), even while nothing can be written',
    async (reason) => {
      const { arming, set, both, lines } = await armed();
      set.isDiskFull = true;
      arming.disarm(reason, BYBIT);
      const one = both();
      set.isDiskFull = false;
      arming.disarm(reason);
      arming.disarm(reason);
      expect([one, both(), lines]).toEqual([
        [false, true],
        [false, false],
        [{ kind: 'disarmed', venue: 'upbit', reason }],
      ]);
    },
  );

  test.each<[string, (set: ReturnType<typeof desk>['set']) => void]>([
    [
      'a day’s limit',
      (set) => Object.assign(set, { limits: { ...LIMITS, dailyNotional: { USDT: 100_001, KRW: 1 } } }),
    ],
    [
      'the bound of confirmations',
      (set) => Object.assign(set, { limits: { ...LIMITS, confirmAbove: { USDT: 1, KRW: 7e9 } } }),
    ],
    ['the collar of one venue', (set) => Object.assign(set, { venues: { bybit: { collarPercent: 6 } } })],
    [
      'a limit of one account',
      (set) => Object.assign(set, { accounts: { 'upbit#aaaaaa': { ordersPer10s: 11 } } }),
    ],
    ['the time until it disarms', (set) => Object.assign(set, { disarmAfterMin: 16 })],
  ])('at once when %s is widened, before anything leaves', async (_what, widen) => {
    const { set, both, lines } = await armed();
    widen(set);
    expect([both(), lines.map((line) => line.kind === 'disarmed' && line.reason)]).toEqual([
      [false, false],
      ['loosened', 'loosened'],
    ]);
  });

  test('but not when limits are narrowed, in general, at a venue or for an account', async () => {
    const { set, both } = await armed();
    Object.assign(set, { limits: { ...LIMITS, maxNotional: { USDT: 1, KRW: 0 }, collarPercent: 0.5 } });
    const narrowed = [both()];
    Object.assign(set, { venues: { bybit: { maxOpenOrders: 1 } }, disarmAfterMin: 1 });
    narrowed.push(both());
    Object.assign(set, { accounts: { 'upbit#aaaaaa': { maxOpenOrders: 3 }, nobody: {} } });
    narrowed.push(both());
    expect(narrowed).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test('when a limit that held for one account alone is taken away', async () => {
    const { set, both, arming } = await armed();
    Object.assign(set, { accounts: { 'bybit#aaaaaa': { maxOpenOrders: 1 } } });
    both();
    Object.assign(set, { accounts: {} });
    expect([both(), arming.view().some(({ isArmed }) => isArmed)]).toEqual([[false, false], false]);
  });

  test('when it ends, and never again', async () => {
    const { arming, both, lines } = await armed();
    arming.dispose();
    expect([both(), lines.map((line) => line.kind === 'disarmed' && line.reason)]).toEqual([
      [false, false],
      ['quit', 'quit'],
    ]);
  });

  test('and whoever watches is told once for each', async () => {
    const { arming, advance } = await armed();
    let told = 0;
    arming.onChange(() => {
      told += 1;
    });
    advance(16 * MINUTE);
    expect(told).toBe(2);
  });
});

describe.each(['desktop', 'headless'] as const)('%s: outside of the window', (shell) => {
  function terminal() {
    const asked: { readonly question: unknown; readonly signal: AbortSignal }[] = [];
    let answer: (reply: 'yes' | 'no' | 'nobody') => void = () => undefined;
    const confirm: BoundedConfirm = {
      ask(question, signal) {
        asked.push({ question, signal });
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    };
    return { asked, confirm, answer: (reply: 'yes' | 'no' | 'nobody') => answer(reply) };
  }

  test('the phrase of a window is not enough: a person has to say yes, and is shown what may leave', async () => {
    const server = terminal();
    const { arming, lines } = desk({ shell, confirm: server.confirm });
    const first = arming.arm(BYBIT, 'ARM BYBIT');
    const second = arming.arm(BYBIT, 'ARM BYBIT');
    const before = arming.isArmed(BYBIT);
    server.answer('yes');
    await Promise.all([first, second]);
    expect([before, arming.isArmed(BYBIT), server.asked.map(({ question }) => question), lines]).toEqual([
      false,
      true,
      [
        {
          kind: 'arm',
          venue: 'bybit',
          venueName: 'Bybit',
          limits: {
            maxNotional: { USDT: 10_000, KRW: 15_000_000 },
            dailyNotional: { USDT: 100_000, KRW: 150_000_000 },
            confirmAbove: { USDT: 5000, KRW: 7_000_000 },
          },
        },
      ],
      [{ kind: 'armed', venue: 'bybit', reason: shell === 'desktop' ? 'dialog' : 'terminal' }],
    ]);
  });

  test.each(['no', 'nobody'] as const)('its %s leaves it disarmed', async (reply) => {
    const server = terminal();
    const { arming, lines } = desk({ shell, confirm: server.confirm });
    const arms = codeOf(arming.arm(BYBIT, 'ARM BYBIT'));
    server.answer(reply);
    expect([await arms, arming.isArmed(BYBIT), lines]).toEqual([
      ['arm.declined', { venue: 'bybit', answer: reply }],
      false,
      [],
    ]);
  });

  test('with nobody to ask nobody can arm', async () => {
    const { arming } = desk({ shell, confirm: boundConfirm(createVirtualClock(), undefined) });
    expect(await codeOf(arming.arm(BYBIT, 'ARM BYBIT'))).toEqual([
      'arm.declined',
      { venue: 'bybit', answer: 'nobody' },
    ]);
  });

  test('a wrong phrase is never asked about', async () => {
    const server = terminal();
    const { arming } = desk({ shell, confirm: server.confirm });
    await codeOf(arming.arm(BYBIT, 'ARM UPBIT'));
    expect(server.asked).toEqual([]);
  });

  test.each<readonly [string, (made: ReturnType<typeof desk>) => void, string]>([
    ['was halted', ({ set }) => Object.assign(set, { isHalted: true }), 'arm.barred'],
    [
      'had its limits widened',
      ({ set }) => Object.assign(set, { limits: { ...LIMITS, maxOpenOrders: 51 } }),
      'arm.declined',
    ],
    ['was locked', ({ arming }) => arming.disarm('lock'), 'arm.declined'],
    ['was ended', ({ arming }) => arming.dispose(), 'arm.declined'],
    ['lost its disk', ({ set }) => Object.assign(set, { isDiskFull: true }), 'journal.unwritable'],
  ])('a yes that comes when trading %s meanwhile arms nothing', async (_what, happens, code) => {
    const server = terminal();
    const made = desk({ shell, confirm: server.confirm });
    const arms = codeOf(made.arming.arm(BYBIT, 'ARM BYBIT'));
    happens(made);
    server.answer('yes');
    expect([(await arms)[0], made.arming.isArmed(BYBIT)]).toEqual([code, false]);
  });
});
