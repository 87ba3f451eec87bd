import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { alertRequestInputs } from '#shared/contract/alert-api.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { AlertCall, AlertTest } from '#shared/domain/alert.ts';
import { type Instrument, type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { Accounts } from '../accounts/open-accounts.ts';
import type { EventLog } from '../health/event-log.ts';
import { type PostJson, postWebhook } from '../health/post-webhook.ts';
import { createWebhook } from '../health/webhook.ts';
import type { MarketList } from '../market/market-list.ts';
import type { Fx } from '../premium/fx.ts';
import type { Room } from '../room.ts';
import { isWatched } from './alert-entry.ts';
import { noFile, openAlertFile } from './alert-file.ts';
import { createAlertKeeper } from './alert-keeper.ts';
import { alertMessage } from './alert-message.ts';
import { createAlertSource } from './alert-source.ts';
import { createAlertStreams } from './alert-streams.ts';
import { createAlertTouch } from './alert-touch.ts';
import { checkOrder } from './check-order.ts';
import { createLookBack } from './look-back.ts';
import { orderOf } from './order-of.ts';
import { createPositionSight } from './position-sight.ts';
import { type FigureSources, readFigure } from './read-figure.ts';
import { createStreamStates } from './stream-states.ts';
import { createVenueDowntime } from './venue-downtime.ts';

export interface AlertRoomOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  /** Where alerts are kept; `undefined`: there are none here, and none can be made. */
  readonly path: string | undefined;
  readonly markets: MarketList;
  readonly accounts: Pick<Accounts, 'watches'>;
  readonly fx: Pick<Fx, 'rate' | 'isStale'>;
  readonly settings: () => Pick<Settings['alarms'], 'webhookUrl'>;
  /** The platform's when absent. */
  readonly post?: PostJson | undefined;
}

export interface AlertRoom extends Room<keyof typeof alertRequestInputs, 'alerts'> {
  /** Once a second, after the markets' own. */
  second(): void;
  /** Before the markets are disposed of. */
  dispose(): void;
}

/** How often it is written that alerts are being watched: so much may be lost of a run that is killed. */
const ALIVE_EVERY_MS = 30_000;
/** What changes together is written together. */
const SAVE_AFTER_MS = 100;

/** The person's own alerts: watched here whether or not a window is open. */
export function createAlertRoom(options: AlertRoomOptions): AlertRoom {
  const { clock, log, markets } = options;
  const file =
    options.path === undefined ? noFile(clock.now()) : openAlertFile(options.path, log, clock.now());
  const changes = createEmitter<void>();
  const calls = createEmitter<AlertCall>();
  const listed = new Map<InstrumentId, Instrument>();
  let isDirty = false;
  let cancelSave: Undo | undefined;
  let writtenAt = clock.monotonic();
  let isTesting = false;
  /** How many alerts the streams are held for. */
  let followed = 0;
  const stop = new AbortController();

  const states = createStreamStates({ clock, markets });
  const downtime = createVenueDowntime({ clock, markets });
  const positions = createPositionSight({
    clock,
    accounts: options.accounts,
    onChange: () => touch.positions(),
  });
  const sources: FigureSources = {
    ...options,
    states,
    positions,
    listed: (instrument) => listed.get(instrument),
    downSeconds: (venue) => downtime.of(venue),
  };
  const keeper = createAlertKeeper({
    clock,
    kept: file.kept,
    onChange() {
      isDirty = true;
      cancelSave ??= clock.after(SAVE_AFTER_MS, save);
      changes.emit();
    },
    onCall: call,
    onSeenAgain: (entry, since) => lookBack.ask(entry, since),
  });
  const lookBack = createLookBack({ clock, log, markets, keeper: () => keeper });
  const streams = createAlertStreams({ markets, log });
  const touch = createAlertTouch({ markets, keeper, look });
  const webhook = createWebhook<AlertCall>({
    clock,
    post: options.post ?? fetch,
    url: () => options.settings().webhookUrl,
    messageFor: ({ happenings, at }, dropped) => alertMessage({ happenings, at, isTest: false }, dropped),
    onResult({ ok, detail }) {
      if (!ok) log.add('warn', 'webhook.failed', `webhook: ${detail}`, { reason: detail });
      changes.emit();
    },
  });

  function look(id: string): void {
    const entry = keeper.entries.get(id);
    if (entry && isWatched(entry)) keeper.look(id, readFigure(sources, entry.alert.rule));
  }

  function save(): void {
    cancelSave?.();
    cancelSave = undefined;
    writtenAt = clock.monotonic();
    isDirty = !file.write(keeper.kept()) && isDirty;
  }

  function call(one: AlertCall): void {
    // What was called out and forgotten would be called out again, or never be seen.
    save();
    for (const { kind, alert, ...rest } of one.happenings) {
      const details = { alert: alert.id, rule: alert.rule.kind, note: alert.note };
      if (kind === 'triggered') log.add('warn', 'alert.triggered', `alert ${alert.id} triggered`, details);
      else
        log.add(
          'warn',
          'alert.blind',
          `alert ${alert.id} cannot be watched: ${JSON.stringify(rest)}`,
          details,
        );
    }
    calls.emit(one);
    const out = one.happenings.filter(({ alert }) => alert.ways.includes('webhook'));
    if (out.length > 0) webhook.send({ ...one, happenings: out });
  }

  /** The streams, positions and facts that the alerts that are watched need: after every change of one. */
  function follow(): void {
    const watched = [...keeper.entries.values()].filter(isWatched).map(({ alert }) => alert.rule);
    followed = watched.length;
    streams.follow(watched);
    positions.watch(watched.some(({ kind }) => kind === 'pnl' || kind === 'liquidation'));
    touch.follow();
    for (const rule of watched) {
      if (rule.kind === 'spread' && rule.unit === 'ticks') void learn(rule.instrument);
    }
  }

  async function learn(instrument: InstrumentId): Promise<void> {
    if (listed.has(instrument)) return;
    try {
      listed.set(instrument, await facts.instrument(instrument));
    } catch (fault) {
      // The alert says that it waits; asked for again when alerts change, and each half minute.
      log.add('warn', 'alert.stream', `an alert needs the tick of ${instrument}: ${messageOf(fault)}`, {
        instrument,
        reason: messageOf(fault),
      });
    }
  }

  const facts = {
    get now() {
      return clock.now();
    },
    instrument: (id: InstrumentId) => markets.of(venueOf(id)).check(id),
    venue: (id: string) => markets.of(id),
    hasAccount(id: string) {
      const source = options.accounts.watches.accounts({}, () => undefined);
      const view = source.take();
      source.dispose();
      return view?.accounts.some((account) => account.id === id) === true;
    },
  };

  async function test(way: AlertCall['ways'][number]): Promise<AlertTest> {
    if (way !== 'webhook') {
      if (calls.listenerCount === 0) return { outcome: 'nobody' };
      calls.emit({ id: `test ${way}`, at: clock.now(), ways: [way], happenings: [] });
      return { outcome: 'sent' };
    }
    const { webhookUrl } = options.settings();
    if (webhookUrl === '') return { outcome: 'no-address' };
    if (isTesting) throw new HeartlineError('alert.testing', 'a test is under way');
    isTesting = true;
    try {
      const message = alertMessage({ happenings: [], isTest: true, at: clock.now() }, 0);
      const post = { clock, post: options.post ?? fetch, stop: stop.signal };
      const { ok, detail } = await postWebhook(post, webhookUrl, message);
      return { outcome: ok ? 'answered' : 'refused', detail };
    } finally {
      isTesting = false;
    }
  }

  follow();
  return {
    requests: {
      async 'alerts.add'(input) {
        if (options.path === undefined) {
          throw new HeartlineError('alert.replay', 'nothing happens now on a recording');
        }
        const id = keeper.add(await checkOrder(orderOf(input), facts));
        changed(id);
        return { id };
      },
      async 'alerts.change'({ id, rearm, ...input }) {
        keeper.change(id, await checkOrder(orderOf(input), facts), rearm === true);
        changed(id);
        return {};
      },
      'alerts.remove'({ id }) {
        keeper.remove(id);
        changed(id);
        return {};
      },
      'alerts.acknowledge'({ happenings }) {
        keeper.acknowledge(happenings);
        save();
        return {};
      },
      'alerts.test': ({ way }) => test(way),
    },
    watches: {
      alerts: (_input, changed) =>
        createAlertSource({ clock, keeper, changes, calls, webhook: () => webhook.result, changed }),
    },
    second() {
      states.second();
      downtime.second();
      for (const id of keeper.entries.keys()) look(id);
      keeper.second();
      const isOld = followed > 0 && clock.monotonic() - writtenAt >= ALIVE_EVERY_MS;
      if (isOld || watchedCount() !== followed) follow();
      // What could not be written is tried again.
      if (isDirty || isOld) save();
      if (keeper.entries.size > 0) changes.emit();
    },
    dispose() {
      keeper.flush();
      if (keeper.entries.size > 0 || isDirty) save();
      cancelSave?.();
      keeper.dispose();
      stop.abort();
      lookBack.dispose();
      webhook.dispose();
      touch.dispose();
      positions.dispose();
      streams.dispose();
    },
  };

  function watchedCount(): number {
    let count = 0;
    for (const entry of keeper.entries.values()) if (isWatched(entry)) count += 1;
    return count;
  }

  /** After a request: kept before it is answered, so that what was promised is there after a crash. */
  function changed(id: string): void {
    save();
    follow();
    look(id);
  }
}
