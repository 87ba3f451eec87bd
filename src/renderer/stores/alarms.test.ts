import { expect, it } from 'vitest';
import type { Alarm, AlarmCall } from '#shared/domain/alarm.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { activeAlarms, createAlarms } from './alarms.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

function alarm(id: string, otherwise: Partial<Alarm> = {}): Alarm {
  return {
    id,
    rule: 'inactive',
    subject: 'binance/public',
    exposure: 'none',
    state: 'active',
    raisedAt: 0,
    lastAt: 0,
    count: 1,
    value: 1,
    bound: 1,
    ...otherwise,
  };
}

function call(of: Alarm, at: number, ways: AlarmCall['ways'] = ['toast']): AlarmCall {
  return { alarm: of, ways, isTest: false, at };
}

function opened() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const alarms = createAlarms(client, clock);
  const heard: AlarmCall[] = [];
  alarms.calls.on((one) => heard.push(one));
  const tell = (...calls: AlarmCall[]) =>
    client.tell('alarms', { alarms: calls.map((one) => one.alarm), calls });
  const toasts = () => alarms.toasts.getState().toasts.map((toast) => toast.call.alarm.id);
  return { alarms, clock, heard, tell, toasts };
}

it('calls once, also when a reconnect brings the same call again', () => {
  const { heard, tell, toasts } = opened();
  const one = call(alarm('a'), 1);
  tell(one);
  tell(one);
  expect([heard.length, toasts()]).toEqual([1, ['a']]);
});

it('shows the same trouble once, however often it is called, and only the newest few', () => {
  const { tell, toasts } = opened();
  tell(call(alarm('a'), 1), call(alarm('a'), 2));
  expect(toasts()).toEqual(['a']);
  tell(...['b', 'c', 'd', 'e'].map((id, at) => call(alarm(id), 10 + at)));
  expect(toasts()).toEqual(['b', 'c', 'd', 'e']);
});

it('takes a toast away by itself only where nothing is at stake', () => {
  const { alarms, clock, tell, toasts } = opened();
  tell(call(alarm('a'), 1), call(alarm('b', { exposure: 'position' }), 2), call(alarm('c'), 3, ['sound']));
  expect(toasts()).toEqual(['a', 'b']);
  clock.advance(60_000);
  expect(toasts()).toEqual(['b']);
  alarms.dismiss('b 2');
  expect(toasts()).toEqual([]);
});

it('counts as active what nobody has seen, put off or outlived', () => {
  const all = (['active', 'acknowledged', 'snoozed', 'ended'] as const).map((state) =>
    alarm(state, { state }),
  );
  expect(activeAlarms({ alarms: all, calls: [] }).map(({ id }) => id)).toEqual(['active']);
  expect(activeAlarms(undefined)).toEqual([]);
});
