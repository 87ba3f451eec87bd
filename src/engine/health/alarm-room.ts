import type { Clock } from '#shared/base/clock.ts';
import { createEmitter } from '#shared/base/emitter.ts';
import type { HealthView, WatchSource } from '#shared/contract/api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Alarm, AlarmCall, AlarmsView, Exposure } from '#shared/domain/alarm.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import type { Room } from '../room.ts';
import { openAlarmFile } from './alarm-file.ts';
import { judgeAlarms } from './alarm-judge.ts';
import { createAlarmList } from './alarm-list.ts';
import { alarmMessage } from './alarm-message.ts';
import { switchedOn, waysOf } from './alarm-ways.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { EventLog } from './event-log.ts';
import type { PostJson } from './post-webhook.ts';
import { createRecentCount, type RecentCount } from './recent-count.ts';
import { isDelivering, isUnwanted } from './state-severity.ts';
import { createWebhook } from './webhook.ts';

export interface AlarmRoomOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly store: ConnectionStore;
  readonly settings: () => Settings['alarms'];
  readonly post: PostJson;
  /** What is at stake at a venue. */
  readonly exposureOf: (venue: VenueId) => Exposure;
}

export interface AlarmRoom extends Room<'alarms.acknowledge' | 'alarms.snooze' | 'alarms.test', 'alarms'> {
  /** Once a second. */
  second(view: { readonly metrics: MetricsView; readonly health: HealthView }): void;
  dispose(): void;
}

const RECONNECTS_WITHIN_MS = 600_000;
/** Waiting for a window that is slow. */
const MAX_CALLS = 100;

export function createAlarmRoom(options: AlarmRoomOptions): AlarmRoom {
  const { clock, log } = options;
  const changes = createEmitter<void>();
  const calls = createEmitter<AlarmCall>();
  const reconnects = new Map<string, RecentCount>();
  /** Monotonic ms since when a wanted connection has not delivered. */
  const downSince = new Map<string, number>();
  const file = openAlarmFile(options.store);
  const list = createAlarmList({
    clock,
    exposureOf: options.exposureOf,
    kept: file.kept,
    onChange(alarm) {
      file.save(alarm);
      if (alarm.state === 'ended') {
        log.add('info', 'alarm.ended', `alarm ended: ${alarm.rule} of ${alarm.subject}`, {
          rule: alarm.rule,
          subject: alarm.subject,
        });
      }
      changes.emit();
    },
    onDrop(id) {
      file.drop(id);
      changes.emit();
    },
  });
  const webhook = createWebhook<AlarmCall>({
    clock,
    post: options.post,
    url: () => options.settings().webhookUrl,
    messageFor: alarmMessage,
    onResult(result) {
      if (!result.ok)
        log.add('warn', 'webhook.failed', `webhook: ${result.detail}`, { reason: result.detail });
      changes.emit();
    },
  });

  function call(alarm: Alarm, ways: AlarmCall['ways'], isTest: boolean): void {
    const one: AlarmCall = { alarm, ways, isTest, at: clock.now() };
    if (ways.includes('webhook')) webhook.send(one);
    calls.emit(one);
  }

  function raise(alarm: Alarm): void {
    const { rule, subject, exposure, value, bound } = alarm;
    log.add('warn', 'alarm.raised', `alarm: ${rule} of ${subject} is ${value}, bound ${bound}`, {
      rule,
      subject,
      exposure,
      value,
      bound,
    });
    call(alarm, waysOf(exposure, options.settings()), false);
  }

  function watchAlarms(changed: () => void): WatchSource<AlarmsView> {
    let pending: AlarmCall[] = [];
    let isDirty = true;
    const touch = () => {
      isDirty = true;
      changed();
    };
    const undo = [
      changes.on(touch),
      calls.on((one) => {
        pending = [...pending, one].slice(-MAX_CALLS);
        touch();
      }),
    ];
    return {
      take() {
        if (!isDirty) return undefined;
        isDirty = false;
        const taken = pending;
        pending = [];
        return {
          alarms: list.alarms,
          calls: taken,
          ...(webhook.result === undefined ? {} : { webhook: webhook.result }),
        };
      },
      dispose() {
        for (const leave of undo) leave();
      },
    };
  }

  return {
    requests: {
      'alarms.acknowledge'({ id }) {
        list.acknowledge(id);
        return {};
      },
      'alarms.snooze'({ id, forMs }) {
        list.snooze(id, forMs);
        return {};
      },
      'alarms.test'() {
        call(testAlarm(options.settings(), clock.now()), switchedOn(options.settings()), true);
        return {};
      },
    },
    watches: { alarms: (_input, changed) => watchAlarms(changed) },
    second(view) {
      const now = clock.monotonic();
      for (const { id, reconnects: total } of view.metrics.connections) {
        const counted = reconnects.get(id) ?? createRecentCount(RECONNECTS_WITHIN_MS);
        reconnects.set(id, counted);
        counted.note(total, now);
      }
      for (const { id, state } of view.health.connections) {
        if (isUnwanted(state) || isDelivering(state.kind)) downSince.delete(id);
        else if (!downSince.has(id)) downSince.set(id, now);
      }
      const judgements = judgeAlarms(view, options.settings(), {
        reconnectsOf: (id) => reconnects.get(id)?.recent(now) ?? 0,
        downMsOf: (id) => now - (downSince.get(id) ?? now),
      });
      for (const alarm of list.apply(judgements)) raise(alarm);
    },
    dispose() {
      webhook.dispose();
    },
  };
}

/** Not kept in the list: it only goes out. */
function testAlarm(settings: Settings['alarms'], now: number): Alarm {
  return {
    id: 'test',
    rule: 'score',
    subject: 'engine',
    exposure: 'position',
    state: 'active',
    raisedAt: now,
    lastAt: now,
    count: 1,
    value: 0,
    bound: settings.scoreBelow,
  };
}
