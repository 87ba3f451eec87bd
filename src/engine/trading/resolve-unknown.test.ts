import { describe, expect, test } from 'vitest';
import { createLateLines } from './late-lines.ts';
import { createOwnSightings } from './own-sightings.ts';
import { createResolver } from './resolve-unknown.ts';
import { createMemoryJournal } from './test-kit/memory-journal.ts';
import { approved, NO_LINK, report, stageTrading } from './test-kit/scripted-account.ts';
import type { TradingAccount } from './trading-account.ts';

const yes = () => true;
const LOST: Partial<TradingAccount> = {
  async place(_order, onSending) {
    onSending('hash');
    return NO_LINK;
  },
};
const UNFENCED = { quarantineMs: 60_000, burnsIds: true };

async function lost(script: Partial<TradingAccount> = {}) {
  const stage = stageTrading({ ...LOST, ...script });
  await stage.executor.place(approved('a'), yes);
  return stage;
}

/** Seconds until it is not unknown any more; `undefined` while it is after `mostMs`. */
async function resolvedAfter(stage: Awaited<ReturnType<typeof lost>>, mostMs: number) {
  for (let gone = 0; gone < mostMs; gone += 100) {
    if (stage.state('a') !== 'unknown') return gone / 1000;
    await stage.pass(100);
  }
  return undefined;
}

describe('an order of unknown fate', () => {
  test('is absent when the venue would refuse it by now, twice knows nothing of it, and its stream stayed up', async () => {
    const stage = await lost();
    const after = await resolvedAfter(stage, 60_000);
    const { state, evidence } = stage.journal.orders.get('a') ?? {};
    expect([after, state, stage.count('reconcile'), evidence?.map(({ kind }) => kind)]).toEqual([
      9.1,
      'unsent',
      0,
      ['answer', ...Array.from({ length: 7 }, () => 'not-found')],
    ]);
  });

  test('is compared with everything first where the stream was down, quiet or replaced meanwhile', async () => {
    const ends = [];
    for (const misfortune of ['replaced', 'quiet', 'down'] as const) {
      const stage = await lost();
      if (misfortune === 'replaced') stage.stream.epoch = 2;
      if (misfortune === 'quiet') stage.stream.heardAt = stage.clock.now() - 120_000;
      if (misfortune === 'down') {
        stage.enter({ kind: 'degraded', cause: { code: 'socket.closed', detail: '' } });
      }
      await resolvedAfter(stage, 60_000);
      const kinds = stage.journal.orders.get('a')?.evidence.map(({ kind }) => kind);
      ends.push([misfortune, stage.state('a'), stage.count('reconcile'), kinds?.includes('stream-down')]);
    }
    expect(ends).toEqual([
      ['replaced', 'unsent', 1, true],
      ['quiet', 'unsent', 1, true],
      ['down', 'unsent', 1, true],
    ]);
  });

  test('stays unknown while nothing answers, and is looked for at once when the account is live again', async () => {
    let isUp = false;
    const stage = await lost({
      async find() {
        if (!isUp) throw new Error('no link');
        return { order: report('a'), venueTime: 0 };
      },
    });
    stage.enter({ kind: 'degraded', cause: { code: 'socket.closed', detail: '' } });
    await stage.pass(120_000, 500);
    const before = stage.state('a');
    const lines = stage.journal.kindsOf('a').length;
    isUp = true;
    stage.enter({ kind: 'live' });
    await stage.settled();
    expect([before, stage.state('a'), lines < 30]).toEqual(['unknown', 'open', true]);
  });

  test('is adopted by whatever shows it first: the stream, a fill, a lookup', async () => {
    const ends = [];
    for (const way of ['stream', 'fill', 'lookup'] as const) {
      const stage = await lost(
        way === 'lookup' ? { find: async () => ({ order: report('a'), venueTime: 0 }) } : {},
      );
      if (way === 'stream') stage.tell(report('a'));
      if (way === 'fill') {
        const { instrument, venueOrderId, side } = report('a');
        const fill = {
          id: '1',
          instrument,
          venueOrderId,
          clientOrderId: 'a',
          side,
          price: '100',
          quantity: '2',
          venueTime: 1,
        };
        stage.apply({ kind: 'fill', fill, source: 'stream', receivedAt: stage.clock.now() });
      }
      await stage.pass(600);
      ends.push([way, stage.state('a'), stage.count('find')]);
      const asked = stage.count('find');
      await stage.pass(30_000, 250);
      ends.push([way, stage.count('find') - asked]);
    }
    expect(ends).toEqual([
      ['stream', 'open', 0],
      ['stream', 0],
      ['fill', 'filled', 0],
      ['fill', 0],
      ['lookup', 'open', 1],
      ['lookup', 0],
    ]);
  });

  test('that the venue calls a repeat exists: it is looked for until it is found, however long', async () => {
    let isShown = false;
    const stage = stageTrading({
      async place(_order, onSending) {
        onSending('hash');
        return { verdict: 'exists', venueCode: '-4116', message: 'duplicate' };
      },
      find: async () => ({ order: isShown ? report('a') : undefined, venueTime: stage.clock.now() }) as never,
    });
    await stage.executor.place(approved('a'), yes);
    await stage.pass(300_000, 1000);
    const before = stage.state('a');
    isShown = true;
    await stage.pass(20_000, 500);
    expect([before, stage.state('a')]).toEqual(['unknown', 'open']);
  });

  test('whose id is only said to be used, where refused orders use theirs up too, is put before the person', async () => {
    const exists = { verdict: 'exists', venueCode: 'duplicate', message: 'used' } as const;
    const stage = stageTrading({
      absence: UNFENCED,
      async place(_order, onSending) {
        onSending('hash');
        return exists;
      },
    });
    await stage.executor.place(approved('a'), yes);
    await stage.pass(70_000, 500);
    expect([stage.state('a'), stage.journal.orders.get('a')?.isPersonAsked]).toEqual(['unknown', true]);
  });

  test('that is told to be still registered exists: nobody is asked, and it is looked for until it is found', async () => {
    let looks = 0;
    const stage = await lost({
      absence: { ...UNFENCED, burnsIds: false },
      async find() {
        looks += 1;
        if (looks === 1) return { order: undefined, isThere: true, venueTime: 0 };
        return { order: looks < 20 ? undefined : report('a'), venueTime: 0 } as never;
      },
    });
    await stage.pass(120_000, 500);
    const asked = stage.journal.orders.get('a')?.isPersonAsked;
    const state = stage.state('a');
    await stage.pass(300_000, 1000);
    expect([state, asked, stage.state('a')]).toEqual(['unknown', false, 'open']);
  });

  test('that stays so for days fills neither the journal nor the memory', async () => {
    let looks = 0;
    const stage = await lost({
      absence: UNFENCED,
      async find() {
        looks += 1;
        if (looks % 2) throw new Error('no link');
        return { order: undefined, venueTime: 0 };
      },
    });
    await stage.pass(3 * 86_400_000, 30_000);
    expect([stage.state('a'), looks > 5000, stage.journal.kindsOf('a').length < 200]).toEqual([
      'unknown',
      true,
      true,
    ]);
  });

  test('is never given up where the venue has no fence: after a minute of misses the person is asked, and decides', async () => {
    const ends = [];
    for (const isPlaced of [false, true]) {
      const stage = await lost({ absence: UNFENCED });
      expect(() => stage.resolver.settle('a', false)).toThrow('still being found out');
      await stage.pass(60_000, 250);
      const asked = [stage.state('a'), stage.journal.orders.get('a')?.isPersonAsked];
      await stage.pass(600_000, 1000);
      const later = stage.state('a');
      stage.resolver.settle('a', isPlaced);
      ends.push([
        ...asked,
        later,
        stage.state('a'),
        stage.journal.kindsOf('a').filter((kind) => kind === 'asked'),
      ]);
      // Seen by the person, and by the venue's lookups later.
      const before = stage.count('find');
      await stage.pass(30_000, 500);
      ends.push(stage.count('find') > before);
    }
    expect(ends).toEqual([
      ['unknown', false, 'unknown', 'unsent', ['asked']],
      false,
      ['unknown', false, 'unknown', 'open', ['asked']],
      true,
    ]);
  });

  test('of an earlier run is taken up again, counting from the new start', async () => {
    const before = await lost();
    const { clock, accounts } = before;
    before.resolver.dispose();
    await before.pass(60_000, 500);
    const journal = createMemoryJournal(clock, before.journal.lines);
    const lines = createLateLines(clock, journal);
    const sightings = createOwnSightings(journal, lines);
    createResolver({ clock, journal, lines, accounts, sightings });
    const states = [journal.orders.get('a')?.state];
    await before.pass(7000);
    states.push(journal.orders.get('a')?.state);
    await before.pass(3000);
    expect([...states, journal.orders.get('a')?.state]).toEqual(['unknown', 'unknown', 'unsent']);
  });

  test('of long ago is not proven absent by a venue that may have forgotten it: the person is asked', async () => {
    const before = await lost({ find: async () => Promise.reject(new Error('no link')) });
    before.resolver.dispose();
    before.clock.advance(24 * 3_600_000);
    const { clock } = before;
    const journal = createMemoryJournal(clock, before.journal.lines);
    const { account } = stageTrading({ find: async () => ({ order: undefined, venueTime: clock.now() }) });
    const accounts = { ...before.accounts, all: [account], of: () => account };
    const lines = createLateLines(clock, journal);
    createResolver({ clock, journal, lines, accounts, sightings: createOwnSightings(journal, lines) });
    await before.pass(30_000);
    const { state, isPersonAsked } = journal.orders.get('a') ?? {};
    expect([state, isPersonAsked]).toEqual(['unknown', true]);
  });

  test('does not fall for a wall clock that somebody sets ahead', async () => {
    const stage = await lost({
      find: async () => ({ order: undefined, venueTime: stage.clock.now() + 3_600_000 }),
    });
    await stage.pass(6900);
    expect(stage.state('a')).toBe('unknown');
  });
});
