import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ConnectionStateKind } from '#shared/domain/connection.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { indexHealth } from './health-index.ts';
import { createHeat, HEAT_COLUMNS } from './heat.ts';
import type { Pulse } from './pulse.ts';
import { createFakeClient, type FakeClient } from './test-kit/fake-client.ts';
import { createTimeline } from './timeline.ts';

const HOUR = 3_600_000;
const NOW = 1_700_000_003_456;

function pulse() {
  return createStore<Pulse>()(() => ({
    health: undefined,
    index: indexHealth(undefined),
    now: NOW,
    quietMs: 0,
    answering: true,
    engineSilentMs: 0,
  }));
}

function inputs(client: FakeClient): unknown[] {
  return client.asked.map(({ input }) => input);
}

describe('the timeline', () => {
  it('asks for its range up to now, and at once again when a connection changes its state', async () => {
    const client = createFakeClient();
    const beat = pulse();
    const timeline = createTimeline(client, createVirtualClock(), beat, '1h');
    expect(inputs(client)).toEqual([{ from: NOW - HOUR, to: NOW }]);
    await client.answer('timeline.read', []);
    expect(timeline.store.getState().value).toEqual({ from: NOW - HOUR, to: NOW, rows: [] });

    const become = (kind: ConnectionStateKind) =>
      beat.setState({
        health: { connections: [{ id: 'a/x', state: { kind } }] } as unknown as NonNullable<Pulse['health']>,
      });
    become('live');
    expect(client.asked.length).toBe(1);
    await client.answer('timeline.read', []);
    become('live');
    expect(client.asked.length).toBe(0);
  });

  it('forgets the strip of another range at once', async () => {
    const client = createFakeClient();
    const timeline = createTimeline(client, createVirtualClock(), pulse(), '1h');
    await client.answer('timeline.read', []);
    timeline.follow('24h');
    expect([timeline.store.getState().value, inputs(client)]).toEqual([
      undefined,
      [{ from: NOW - 24 * HOUR, to: NOW }],
    ]);
  });
});

describe('the heat', () => {
  it('asks for columns that stand still on the clock and reach past now', () => {
    const client = createFakeClient();
    createHeat(client, createVirtualClock(), pulse(), 'latency', '15m');
    const [asked] = inputs(client) as { from: number; to: number; columns: number }[];
    expect(asked).toMatchObject({ measure: 'latency', columns: HEAT_COLUMNS });
    const { from, to } = asked ?? { from: 0, to: 0 };
    expect({ aligned: to % 10_000, long: to - from, ahead: to > NOW && to - NOW <= 10_000 }).toEqual({
      aligned: 0,
      long: 900_000,
      ahead: true,
    });
  });

  it('goes back no further than the engine keeps it, and asks nothing anew for a range that changes nothing', async () => {
    const client = createFakeClient();
    const heat = createHeat(client, createVirtualClock(), pulse(), 'rate', '6h');
    const [asked] = inputs(client) as { from: number; to: number }[];
    expect((asked?.to ?? 0) - (asked?.from ?? 0)).toBe(2 * HOUR);
    heat.follow('30d');
    expect(client.asked.length).toBe(1);
    heat.follow('15m');
    expect(client.asked.length).toBe(2);
  });
});
