import { describe, expect, test } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createRestGuard } from './rest-guard.ts';

function start() {
  const clock = createVirtualClock();
  const log = createEventLog(clock);
  const guard = createRestGuard({ clock, log, venue: 'Plain' });
  const fail = (code: string, status = 0) =>
    guard
      .run('candle', async () => {
        throw new HeartlineError(code, 'no', { details: { status } });
      })
      .catch((fault: HeartlineError) => fault.code);
  const succeed = () =>
    guard.run('candle', async () => 'answer').catch((fault: HeartlineError) => fault.code);
  return { clock, log, guard, fail, succeed };
}

describe('the guard of REST reads', () => {
  test('one instrument that the venue refuses does not keep the others from being asked for', async () => {
    const { fail, succeed, log } = start();
    for (let count = 0; count < 20; count += 1) await fail('rest.refused', count % 2 === 0 ? 404 : 200);
    expect([await succeed(), log.entries.length]).toEqual(['answer', 0]);
  });

  test('a refusal that is about the question closes the circuit: the venue answers again', async () => {
    const { clock, guard, fail } = start();
    for (let count = 0; count < 5; count += 1) await fail('rest.timeout');
    const open = guard.stateOf('candle');
    clock.advance(3000);
    await fail('rest.refused', 404);
    expect([open, guard.stateOf('candle')]).toEqual(['open', 'closed']);
  });

  test('a venue whose servers fail is left alone', async () => {
    const { fail, succeed } = start();
    for (let count = 0; count < 5; count += 1) await fail('rest.refused', 502);
    expect(await succeed()).toBe('rest.circuit');
  });

  test('a silence that was ordered is no failure, but leaves no probe unanswered', async () => {
    const { clock, guard, fail, succeed } = start();
    for (let count = 0; count < 9; count += 1) await fail('rest.silent');
    const closed = guard.stateOf('candle');
    for (let count = 0; count < 5; count += 1) await fail('rest.timeout');
    clock.advance(3000);
    await fail('rest.silent');
    clock.advance(6000);
    expect([closed, await succeed()]).toEqual(['closed', 'answer']);
  });
});
