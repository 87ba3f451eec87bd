import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alarm } from '#shared/domain/alarm.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Judgement } from './alarm-judge.ts';
import { createAlarmList } from './alarm-list.ts';

const T0 = 1_700_000_000_000;
const ID = 'errors:plain/all';
const judgement: Omit<Judgement, 'verdict'> = {
  rule: 'errors',
  subject: 'plain/all',
  venue: venueId('plain'),
  value: 4,
  bound: 3,
};

function start(kept: readonly Alarm[] = []) {
  const clock = createVirtualClock(T0);
  const saved = new Map<string, Alarm>();
  let raised = 0;
  const list = createAlarmList({
    clock,
    exposureOf: () => 'none',
    kept,
    onChange: (alarm) => saved.set(alarm.id, alarm),
    onDrop: (id) => saved.delete(id),
  });
  const seconds = (count: number, verdict: Judgement['verdict'] | undefined) => {
    for (let index = 0; index < count; index += 1) {
      clock.advance(1000);
      raised += list.apply(verdict ? [{ ...judgement, verdict }] : []).length;
    }
  };
  return {
    clock,
    list,
    saved,
    seconds,
    get told() {
      const [alarm] = list.alarms;
      return alarm
        ? `${alarm.state} ×${alarm.count}, raised aloud ${raised}`
        : `none, raised aloud ${raised}`;
    },
  };
}

describe('an alarm', () => {
  test('is raised once, however long it lasts, and ended after ten calm seconds', () => {
    const run = start();
    run.seconds(60, 'over');
    const during = run.told;
    run.seconds(9, 'fine');
    const almost = run.told;
    run.seconds(2, 'fine');
    expect([during, almost, run.told]).toEqual([
      'active ×1, raised aloud 1',
      'active ×1, raised aloud 1',
      'ended ×1, raised aloud 1',
    ]);
  });

  test('that swings around its bound is one alarm that counts, not a row of calls', () => {
    const run = start();
    for (let swing = 0; swing < 5; swing += 1) {
      run.seconds(3, 'over');
      run.seconds(5, 'fine');
    }
    run.seconds(3, 'unknown');
    run.seconds(9, 'fine');
    expect(run.told).toBe('active ×5, raised aloud 1');
  });

  test('is raised again after it ended, under the same id, and counts from one', () => {
    const run = start();
    run.seconds(1, 'over');
    run.seconds(11, 'fine');
    run.seconds(1, 'over');
    expect([run.told, run.list.alarms.length]).toEqual(['active ×1, raised aloud 2', 1]);
  });

  test('stays where it is while nothing can be said', () => {
    const run = start();
    run.seconds(30, 'unknown');
    const before = run.told;
    run.seconds(1, 'over');
    run.seconds(3600, 'unknown');
    expect([before, run.told]).toEqual(['none, raised aloud 0', 'active ×1, raised aloud 1']);
  });

  test('acknowledged is silent until it ended', () => {
    const run = start();
    run.seconds(1, 'over');
    run.list.acknowledge(ID);
    run.seconds(2, 'fine');
    run.seconds(100, 'over');
    const during = run.told;
    run.seconds(11, 'fine');
    run.seconds(1, 'over');
    expect([during, run.told]).toEqual(['acknowledged ×2, raised aloud 1', 'active ×1, raised aloud 2']);
  });

  test('snoozed is silent, even when it ends and comes again, and heard when the snooze is over', () => {
    const run = start();
    run.seconds(1, 'over');
    run.list.snooze(ID, 60_000);
    run.seconds(10, 'over');
    run.seconds(15, 'fine');
    const ended = run.told;
    run.seconds(10, 'over');
    const again = run.told;
    run.seconds(30, 'over');
    expect([ended, again, run.told, run.list.alarms[0]?.snoozedUntil]).toEqual([
      'ended ×1, raised aloud 1',
      'snoozed ×1, raised aloud 1',
      'active ×2, raised aloud 2',
      undefined,
    ]);
  });

  test('a snooze of 0 takes the snooze back', () => {
    const run = start();
    run.seconds(1, 'over');
    run.list.snooze(ID, 60_000);
    run.list.snooze(ID, 0);
    expect(run.told).toBe('active ×1, raised aloud 1');
  });

  test('of a score waits for five low seconds, so that a dip raises nothing', () => {
    const run = start();
    const seconds = (count: number, verdict: Judgement['verdict']) => {
      let raised = 0;
      for (let index = 0; index < count; index += 1) {
        run.clock.advance(1000);
        raised += run.list.apply([{ ...judgement, rule: 'score', verdict }]).length;
      }
      return raised;
    };
    expect([
      [seconds(4, 'over'), seconds(1, 'fine')],
      [seconds(4, 'over'), seconds(9, 'unknown'), seconds(1, 'over'), seconds(60, 'over')],
    ]).toEqual([
      [0, 0],
      [0, 0, 1, 0],
    ]);
  });

  test('that nobody knows of is refused', () => {
    const run = start();
    expect(() => run.list.acknowledge('score:none')).toThrow('no such alarm');
    expect(() => run.list.snooze('score:none', 1)).toThrow('no such alarm');
  });

  test('ended is kept for a day', () => {
    const run = start();
    run.seconds(1, 'over');
    run.seconds(11, 'fine');
    run.clock.advance(86_399_000);
    run.list.apply([]);
    const before = run.list.alarms.length;
    run.clock.advance(2000);
    run.list.apply([]);
    expect([before, run.list.alarms.length, run.saved.size]).toEqual([1, 0, 0]);
  });

  test('of a connection that is gone ends after a minute', () => {
    const run = start();
    run.seconds(1, 'over');
    run.seconds(59, undefined);
    const before = run.told;
    run.seconds(12, undefined);
    expect([before, run.told]).toEqual(['active ×1, raised aloud 1', 'ended ×1, raised aloud 1']);
  });

  test('acknowledged stays acknowledged over a restart while the venue is still down', () => {
    const first = start();
    first.seconds(5, 'over');
    first.list.acknowledge(ID);
    const second = start([...first.saved.values()]);
    second.seconds(20, 'unknown'); // connecting: nothing can be said yet
    second.seconds(20, 'over');
    const down = second.told;
    second.seconds(11, 'fine');
    expect([down, second.told]).toEqual(['acknowledged ×1, raised aloud 0', 'ended ×1, raised aloud 0']);
  });

  test('active before a restart is not called again while it lasts', () => {
    const first = start();
    first.seconds(5, 'over');
    const second = start([...first.saved.values()]);
    second.seconds(20, 'over');
    expect(second.told).toBe('active ×1, raised aloud 0');
  });

  test('whose figure moves is told anew only when it moved for a person', () => {
    const clock = createVirtualClock(T0);
    let changes = 0;
    const list = createAlarmList({
      clock,
      exposureOf: () => 'none',
      kept: [],
      onChange: () => {
        changes += 1;
      },
      onDrop: () => undefined,
    });
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1000);
      list.apply([
        {
          rule: 'inactive',
          subject: 'plain/all',
          bound: 120_000,
          verdict: 'over',
          value: 120_000 + second * 1000,
        },
      ]);
    }
    expect([changes < 15, list.alarms[0]?.lastAt]).toEqual([true, T0 + 60_000]);
  });
});

test('whatever happens, an alarm is called only when it was not already there', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom<Judgement['verdict']>('over', 'fine', 'unknown'),
          fc.constantFrom('acknowledge' as const, 'snooze' as const, 'wait' as const),
        ),
        { maxLength: 60 },
      ),
      (script) => {
        const clock = createVirtualClock(T0);
        const list = createAlarmList({
          clock,
          exposureOf: () => 'none',
          kept: [],
          onChange: () => undefined,
          onDrop: () => undefined,
        });
        for (const step of script) {
          clock.advance(1000);
          const [before] = list.alarms;
          if (step === 'wait') clock.advance(11_000);
          else if (step === 'acknowledge') {
            if (before) list.acknowledge(ID);
          } else if (step === 'snooze') {
            if (before) list.snooze(ID, 5000);
          } else {
            const called = list.apply([{ ...judgement, verdict: step }]);
            const wasSnoozed = before?.snoozedUntil !== undefined && before.snoozedUntil > clock.now();
            const isAllowed =
              step === 'over' &&
              !wasSnoozed &&
              (before === undefined || before.state === 'ended' || before.state === 'snoozed');
            expect(called.length).toBe(isAllowed ? 1 : 0);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
