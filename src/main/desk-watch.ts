import type { Engine } from '#engine/engine.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import { type AccountsView, positionKey } from '#shared/contract/account-views.ts';
import type {
  AppDescription,
  HealthView,
  WatchInput,
  WatchName,
  WatchUpdates,
} from '#shared/contract/api.ts';
import type { Position } from '#shared/domain/account.ts';
import type { AlarmsView } from '#shared/domain/alarm.ts';
import type { AlertHappening } from '#shared/domain/alert.ts';
import { touchesMoney } from '#shared/domain/alert-money.ts';
import { type DeskSummary, summariseDesk } from '#shared/domain/desk-summary.ts';
import type { Log } from './log.ts';

export interface DeskWatch {
  /** What is known at this moment. Asking is cheap, once a second. */
  summary(): DeskSummary;
  /** Whether open profit may be shown where others can read it. */
  mayShowPnl(): boolean;
  readonly dispose: Undo;
}

export interface DeskWatchOptions {
  readonly engine: Pick<Engine, 'api' | 'tradingState'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

/** Which venues there are, and the settings, may change; both are asked for so often. */
const ASK_EVERY_MS = 2_000;

/**
 * The shell's own look at the desk, by the same watches a window has. How old the engine's last word is gets judged here:
 * an engine that stands still is said to, whatever it said last.
 */
export function watchDesk({ engine, clock, log }: DeskWatchOptions): DeskWatch {
  const complained = new Set<string>();
  const complain = (what: string, fault: unknown) => {
    if (complained.has(what)) return;
    complained.add(what);
    log.error(`the tray cannot know ${what}: ${messageOf(fault)}`);
  };
  const open = <Name extends WatchName>(
    name: Name,
    input: WatchInput<Name>,
    changed: () => void = () => undefined,
  ) => {
    try {
      const source = engine.api.watch(name, input as never, changed);
      return {
        take(): WatchUpdates[Name] | undefined {
          try {
            return source.take();
          } catch (fault) {
            complain(name, fault);
            return undefined;
          }
        },
        dispose: () => source.dispose(),
      };
    } catch (fault) {
      complain(name, fault);
      return { take: () => undefined, dispose: () => undefined };
    }
  };
  let cameAt = clock.monotonic();
  const sources = {
    // When it came counts, not when it is looked at.
    health: open('health', {}, () => {
      cameAt = clock.monotonic();
    }),
    accounts: open('accounts', {}),
    positions: open('positions', {}),
    alarms: open('alarms', {}),
    alerts: open('alerts', {}),
  };
  let health: HealthView | undefined;
  let heardAt = clock.monotonic();
  let accounts: AccountsView | undefined;
  let alarms: AlarmsView | undefined;
  let happenings: readonly AlertHappening[] = [];
  let positions: ReadonlyMap<string, Position> = new Map();
  let venues: AppDescription['venues'] = [];
  let mayShowPnl = false;

  function takeAll(): void {
    const view = sources.health.take();
    // An engine that repeats itself is not alive.
    if (view !== undefined && view.asOf !== health?.asOf) {
      health = view;
      heardAt = cameAt;
    }
    accounts = sources.accounts.take() ?? accounts;
    alarms = sources.alarms.take() ?? alarms;
    happenings = sources.alerts.take()?.happenings ?? happenings;
    const moved = sources.positions.take();
    if (moved === undefined) return;
    const held = new Map(moved.restart ? [] : positions);
    for (const key of moved.removed) held.delete(key);
    for (const row of moved.rows) held.set(positionKey(row), row);
    positions = held;
  }

  const ask = () => {
    engine.api.request('app.describe', {}).then(
      (app) => {
        venues = app.venues;
      },
      (fault: unknown) => complain('the venues', fault),
    );
    engine.api.request('settings.read', {}).then(
      (settings) => {
        mayShowPnl = settings.titlePnl;
      },
      (fault: unknown) => complain('the settings', fault),
    );
  };
  ask();
  const stopAsking = clock.every(ASK_EVERY_MS, ask);

  return {
    summary() {
      takeAll();
      const silentMs = clock.monotonic() - heardAt;
      const active = (alarms?.alarms ?? []).filter(({ state }) => state === 'active');
      const unseen = happenings.filter(({ isSeen }) => !isSeen);
      return summariseDesk({
        now: (health?.asOf ?? clock.now()) + silentMs,
        engineSilentMs: silentMs,
        connections: health?.connections,
        venues,
        accounts: accounts?.accounts ?? [],
        positions: positions.values(),
        alarms: {
          active: active.length + unseen.length,
          touchingMoney:
            active.filter(({ exposure }) => exposure !== 'none').length + unseen.filter(touchesMoney).length,
        },
        trading: engine.tradingState(),
      });
    },
    mayShowPnl: () => mayShowPnl,
    dispose() {
      stopAsking();
      for (const source of Object.values(sources)) source.dispose();
    },
  };
}
