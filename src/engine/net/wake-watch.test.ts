import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { type Interfaces, watchWake } from './wake-watch.ts';

const cable = (...addresses: string[]): Interfaces => ({
  lo: [{ address: '127.0.0.1', internal: true }],
  eth0: addresses.map((address) => ({ address, internal: false })),
});

/** A clock whose wall time can run on while everything else stands still, and whose ticks can be held back. */
function start() {
  const virtual = createVirtualClock();
  let aheadMs = 0;
  let stoodMs = 0;
  let network = cable('10.0.0.2');
  const woken: { cause: string; at: number }[] = [];
  const clock = {
    ...virtual,
    now: () => virtual.now() + aheadMs + stoodMs,
    monotonic: () => virtual.monotonic() + stoodMs,
  };
  const watch = watchWake({
    clock,
    interfaces: () => network,
    onWake: (cause) => woken.push({ cause, at: virtual.monotonic() }),
  });
  return {
    virtual,
    woken,
    end: watch.dispose,
    resumed: watch.resumed,
    /** Wall time goes on alone, as over a sleep under Linux. */
    sleep: (ms: number) => (aheadMs += ms),
    /** Nothing runs, both clocks go on, as in a stopped process. */
    stand: (ms: number) => (stoodMs += ms),
    plug: (now: Interfaces) => (network = now),
  };
}

describe('wake watch', () => {
  test.each(['sleep', 'stand'] as const)('notices within a second that the machine did %s', (kind) => {
    const { virtual, woken, ...machine } = start();
    virtual.advance(10_500);
    machine[kind](60_000);
    const wokeAt = virtual.monotonic();
    virtual.advance(5000);
    expect(woken.map(({ cause, at }) => [cause, at - wokeAt <= 1000])).toEqual([['resume', true]]);
  });

  test('hears the system out at once, and takes its word and the late tick for one waking', () => {
    const { virtual, woken, sleep, resumed } = start();
    virtual.advance(10_500);
    sleep(60_000);
    resumed();
    virtual.advance(3000);
    const first = woken.map(({ cause, at }) => [cause, at]);
    virtual.advance(10_000);
    resumed();
    expect([first, woken.length]).toEqual([[['resume', 10_500]], 2]);
  });

  test('takes neither a busy second nor a clock set back for sleep', () => {
    const { virtual, woken, sleep, stand } = start();
    stand(2900);
    virtual.advance(3000);
    sleep(-3_600_000);
    virtual.advance(3000);
    expect(woken).toEqual([]);
  });

  test('says once that the link is there again, not that it went, and minds no loopback', () => {
    const { virtual, woken, plug, end } = start();
    plug(cable());
    virtual.advance(5000);
    const whileAway = woken.length;
    plug(cable('10.0.0.7'));
    virtual.advance(1000);
    const causes = woken.map(({ cause }) => cause);
    virtual.advance(5000);
    end();
    expect({ whileAway, causes, in: woken.length, timers: virtual.pendingTimers }).toEqual({
      whileAway: 0,
      causes: ['link'],
      in: 1,
      timers: 0,
    });
  });
});
