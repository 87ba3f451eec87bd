import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { AccountId, AccountState } from '#shared/domain/account.ts';
import type { Transition } from '#shared/domain/incident.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Credentials } from '#venues/account.ts';
import { type ConnectionGate, createConnectionGate } from '../net/connection-gate.ts';
import { connectionStateOf } from './account-health.ts';
import { type AccountHoldings, emptyHoldings } from './account-holdings.ts';
import type { AccountChange, AccountList, AccountListOptions, AccountPlace } from './account-list-options.ts';
import { createAccountSession } from './account-session.ts';
import type { AccountSession } from './account-session-options.ts';
import type { KeyRecord } from './key-shelf.ts';

interface Entry {
  record: KeyRecord;
  readonly connection: string;
  credentials: Credentials | undefined;
  session: AccountSession | undefined;
  holdings: AccountHoldings;
  state: AccountState;
  since: number;
  mended: number;
  reconciledAt: number | undefined;
  heardAt: number | undefined;
  isHedged: boolean | undefined;
  unknownStatuses: readonly string[];
}

const KEPT_STATUSES = 10;
const SOCKETS = { count: 5, windowMs: 5000 };

export function createAccountList(options: AccountListOptions): AccountList {
  const { clock, log, shelf } = options;
  const entries = new Map<AccountId, Entry>();
  const gates = new Map<VenueId, ConnectionGate>();
  const changed = createEmitter<AccountChange>();
  const transitions = createEmitter<Transition>();

  /** Private sockets come on top of the public ones, from the same address: they keep far below any venue's limit. */
  function gateOf(venue: VenueId): ConnectionGate {
    const gate = gates.get(venue) ?? createConnectionGate(clock, SOCKETS);
    gates.set(venue, gate);
    return gate;
  }

  function meet(record: KeyRecord): Entry {
    const names = new Set([...entries.values()].map(({ connection }) => connection));
    const named = `${record.venue}/account:${record.label}`;
    const entry: Entry = {
      record,
      connection: names.has(named) ? `${named} …${record.keyTail}` : named,
      credentials: undefined,
      session: undefined,
      holdings: emptyHoldings(record.id),
      state: { kind: 'resting' },
      since: clock.now(),
      mended: 0,
      reconciledAt: undefined,
      heardAt: undefined,
      isHedged: undefined,
      unknownStatuses: [],
    };
    entries.set(record.id, entry);
    return entry;
  }

  const details = ({ record }: Entry) => ({
    label: record.label,
    venue: placeOf(record)?.name ?? record.venue,
    account: record.id,
  });

  const quickAttempts = () => options.tuning?.backoff().quickAttempts;
  const placeOf = ({ venue }: KeyRecord) => options.places.find((place) => place.venue.id === venue);

  function enter(entry: Entry, state: AccountState): void {
    const before = entry.state;
    entry.state = state;
    entry.since = clock.now();
    changed.emit({ kind: 'accounts' });
    const { venue } = entry.record;
    transitions.emit({
      at: entry.since,
      venue,
      connection: entry.connection,
      state: connectionStateOf(state, quickAttempts()),
    });
    tell(entry, before, state);
  }

  function tell(entry: Entry, before: AccountState, now: AccountState): void {
    const { label } = entry.record;
    if (now.kind === 'live') log.add('info', 'account.live', `${label}: figures are live`, details(entry));
    else if (before.kind === 'live') {
      const cause = 'cause' in now ? now.cause : undefined;
      log.add('warn', 'account.down', `${label} is ${now.kind}: ${cause?.detail ?? ''}`, {
        ...details(entry),
        state: now.kind,
        ...(cause && { cause: cause.code, reason: cause.detail }),
      });
    }
    if (now.kind === 'refused' && now.reason !== 'clock') options.onRefusal?.(entry.record.id);
    if (before.kind === 'refused' && before.reason !== 'clock' && now.kind !== 'locked') {
      options.onRefusal?.(entry.record.id);
    }
  }

  function open(entry: Entry, place: AccountPlace, credentials: Credentials): void {
    const client = options.clientFor(place, credentials);
    entry.credentials = credentials;
    enter(entry, { kind: 'connecting' });
    const { venue } = place;
    entry.session = createAccountSession({
      venue,
      endpoints: place.endpoints,
      clock,
      openSocket: options.openSocket,
      gate: gateOf(venue.id),
      tuning: options.tuning,
      client,
      holdings: entry.holdings,
      clockOffsetMs: () => options.clockOffsetMs(venue.id),
      measureClock: () => void options.measureClock(venue.id),
      onState: (state) => enter(entry, state),
      onHoldings(now, before) {
        entry.holdings = now;
        changed.emit({ kind: 'holdings', now, before });
      },
      onMended: (differences) => mended(entry, 'account.mended', differences),
      onMute: (differences) => mended(entry, 'account.mute', differences),
      onUnreadable(reason, isAlarming) {
        if (isAlarming && !entry.unknownStatuses.includes(reason)) {
          entry.unknownStatuses = [...entry.unknownStatuses, reason].slice(-KEPT_STATUSES);
          changed.emit({ kind: 'accounts' });
        }
        const level = isAlarming ? 'error' : 'warn';
        log.add(level, 'account.unreadable', `${entry.record.label}: ${reason}`, {
          ...details(entry),
          reason,
        });
      },
    });
    client.call(venue.rest.facts()).then(
      ({ isHedged }) => {
        entry.isHedged = isHedged;
        changed.emit({ kind: 'accounts' });
      },
      // Only for the person; what is wrong with the account shows elsewhere.
      () => undefined,
    );
  }

  function mended(entry: Entry, code: string, differences: readonly string[]): void {
    entry.mended += differences.length;
    log.add(
      'warn',
      code,
      `${entry.record.label}: ${differences.length} differences: ${differences.slice(0, 5).join(', ')}`,
      {
        ...details(entry),
        count: differences.length,
        first: differences[0] ?? '',
      },
    );
    changed.emit({ kind: 'accounts' });
  }

  function close(entry: Entry): void {
    entry.session?.dispose();
    entry.session = undefined;
    entry.credentials = undefined;
  }

  /** What an account does without a session; `undefined`: it is to have one. */
  function idleState(record: KeyRecord, credentials: Credentials | undefined): AccountState | undefined {
    if (record.environment !== options.environment || !placeOf(record)) return { kind: 'resting' };
    if (credentials !== undefined) return undefined;
    if (record.refusal) return { kind: 'refused', reason: record.refusal, detail: record.refusal };
    return { kind: 'locked' };
  }

  /** Follows the shelf: keys come, go, are rotated, locked and unlocked. */
  function sync(): void {
    const kept = new Map(shelf.records.map((record) => [record.id, record]));
    for (const [id, entry] of [...entries]) {
      if (kept.has(id)) continue;
      close(entry);
      enter(entry, { kind: 'resting' });
      entries.delete(id);
    }
    for (const record of kept.values()) {
      const entry = entries.get(record.id) ?? meet(record);
      const isGoodAgain = entry.record.refusal !== undefined && record.refusal === undefined;
      // Another key may be one of another account: what the old one showed is not this one's.
      if (entry.record.keyTail !== record.keyTail) {
        close(entry);
        entry.holdings = emptyHoldings(record.id);
      }
      entry.record = record;
      const credentials = shelf.credentialsOf(record.id);
      const idle = idleState(record, credentials);
      const place = placeOf(record);
      if (idle !== undefined || credentials === undefined || place === undefined) {
        close(entry);
        if (idle && idle.kind !== entry.state.kind) enter(entry, idle);
      } else if (credentials !== entry.credentials) {
        close(entry);
        open(entry, place, credentials);
      } else if (isGoodAgain && entry.state.kind === 'refused') {
        // It asks again by itself, but rarely: the person who has just mended it need not wait. What fails shows there.
        entry.session?.reconcile().catch(() => undefined);
      }
    }
    changed.emit({ kind: 'accounts' });
  }

  const leave = shelf.onChange(sync);
  sync();

  function of(account: AccountId): Entry {
    const entry = entries.get(account);
    if (entry) return entry;
    throw new HeartlineError('account.unknown', `no such account: ${account}`, { details: { account } });
  }

  return {
    get all() {
      return [...entries.values()];
    },
    of,
    sessionOf(account) {
      const entry = of(account);
      if (entry.session) return entry.session;
      throw new HeartlineError('account.closed', `${entry.record.label} is ${entry.state.kind}`, {
        details: { ...details(entry), state: entry.state.kind },
      });
    },
    views: () => [...entries.values()].map(viewOf),
    health: () =>
      [...entries.values()].map(({ record, connection, session, state, since }) => ({
        id: connection,
        venue: record.venue,
        state: connectionStateOf(state, quickAttempts()),
        since,
        epoch: session?.link.counts.epoch ?? 0,
        ...(session?.link.roundTripMs !== undefined && { roundTripMs: session.link.roundTripMs }),
        reconnects: session?.link.counts.reconnects ?? 0,
        failedFrames: session?.link.failedFrames ?? 0,
        streams: [],
      })),
    onChange: (listener) => changed.on(listener),
    onTransition: (listener) => transitions.on(listener),
    wake(cause) {
      for (const { session } of entries.values()) session?.wake(cause);
    },
    second() {
      for (const entry of entries.values()) {
        entry.session?.second();
        entry.heardAt = entry.session?.link.heardAt ?? entry.heardAt;
        entry.reconciledAt = entry.session?.reconciledAt ?? entry.reconciledAt;
      }
    },
    dispose() {
      leave();
      for (const entry of entries.values()) close(entry);
      for (const gate of gates.values()) gate.dispose();
    },
  };
}

function viewOf(entry: Entry): AccountView {
  const { record, state, since, reconciledAt, mended, heardAt, isHedged, unknownStatuses } = entry;
  const { refusal: _refusal, ...shown } = record;
  return {
    ...shown,
    state,
    since,
    ...(reconciledAt !== undefined && { reconciledAt, mended }),
    ...(heardAt !== undefined && { streamHeardAt: heardAt }),
    ...(isHedged !== undefined && { isHedged }),
    unknownStatuses,
  };
}
