import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type AccountState, ENVIRONMENTS, FIGURE_SOURCES, type KeyRefusal } from '#shared/domain/account.ts';
import { ALARM_RULES, type Exposure } from '#shared/domain/alarm.ts';
import type { Cause, ConnectionStateKind } from '#shared/domain/connection.ts';
import { DRILL_SCENARIOS } from '#shared/domain/drill.ts';
import { ERROR_CLASSES } from '#shared/domain/error-class.ts';
import { ORDER_STATUSES, type OrderType } from '#shared/domain/order.ts';
import { GUARD_RULES, TRUST_REASONS } from '#shared/domain/order-check.ts';
import { type Evidence, OWN_ORDER_STATES } from '#shared/domain/own-order.ts';
import { en } from './en.ts';
import { VENUE_ERRORS } from './venue-error-kind.ts';

const ENGINE = new URL('../../engine/', import.meta.url);
// Read, not imported: the window must not lean on the engine, but has to have words for what it says.
const engine = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('test'))
  .map((path) => ({ path, text: readFileSync(new URL(path, ENGINE), 'utf8') }));

function codesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, code = '']) => code);
}

// A code added to its union and not here does not compile.
const CAUSES: Readonly<Record<Cause['code'], true>> = {
  'socket.refused': true,
  'socket.reset': true,
  'socket.closed': true,
  'socket.handshake': true,
  'socket.silent': true,
  'socket.slow': true,
  'socket.dns': true,
  protocol: true,
  timeout: true,
  auth: true,
  'rate-limit': true,
  ban: true,
  geo: true,
  maintenance: true,
  clock: true,
  'venue.error': true,
  circuit: true,
  resume: true,
  user: true,
  'recording.end': true,
  unknown: true,
};
const STATES: Readonly<Record<ConnectionStateKind, true>> = {
  idle: true,
  connecting: true,
  authenticating: true,
  subscribing: true,
  live: true,
  degraded: true,
  stale: true,
  waiting: true,
  rotating: true,
  paused: true,
  failed: true,
};
const EXPOSURES: Readonly<Record<Exposure, true>> = { none: true, order: true, position: true };

it('has words for every code the engine may send: causes, states, classes, evidence, alarms, scenarios', () => {
  const wanted = [
    ...Object.keys(CAUSES).map((code) => `cause.${code}`),
    ...Object.keys(STATES).flatMap((kind) => [`health.${kind}`, `happened.connection.${kind}`]),
    ...ERROR_CLASSES.flatMap((kind) => [
      `class.${kind}`,
      `advice.${kind}`,
      `advice.${kind}-money`,
      `advice.${kind}-do`,
    ]),
    ...ALARM_RULES.flatMap((rule) => [`alarm.${rule}`, `rule.${rule}`]),
    ...Object.keys(EXPOSURES).map((exposure) => `exposure.${exposure}`),
    ...DRILL_SCENARIOS.flatMap((scenario) => [`scenario.${scenario}`, `scenario.${scenario}-explained`]),
  ];
  expect(wanted.filter((key) => !(key in en))).toEqual([]);
});

const REFUSALS: Readonly<Record<KeyRefusal, true>> = {
  withdraw: true,
  transfer: true,
  'no-read': true,
  'wrong-key': true,
  'wrong-secret': true,
  'wrong-environment': true,
  expired: true,
  address: true,
  clock: true,
  unreachable: true,
  venue: true,
};
const ACCOUNT_STATES: Readonly<Record<AccountState['kind'], true>> = {
  resting: true,
  locked: true,
  connecting: true,
  loading: true,
  live: true,
  degraded: true,
  waiting: true,
  refused: true,
};
const ORDER_TYPES: Readonly<Record<OrderType, true>> = {
  limit: true,
  market: true,
  stop: true,
  'stop-market': true,
  'take-profit': true,
  'take-profit-market': true,
  trailing: true,
  other: true,
};

it('has words for whatever may be the matter with a key or an account, and for every order', () => {
  const wanted = [
    ...Object.keys(REFUSALS).flatMap((reason) => [
      `refusal.${reason}`,
      `refusal.${reason}-do`,
      `why.${reason}`,
    ]),
    ...Object.keys(ACCOUNT_STATES).map((kind) => `accountstate.${kind}`),
    ...ENVIRONMENTS.flatMap((one) => [`environment.${one}`, `environment.${one}-means`]),
    ...FIGURE_SOURCES.flatMap((one) => [`figure.${one}`, `figure.${one}-explained`]),
    ...ORDER_STATUSES.map((status) => `orderstatus.${status}`),
    ...Object.keys(ORDER_TYPES).map((type) => `ordertype.${type}`),
    ...['open', 'locked', 'empty', 'gone'].map((state) => `storestate.${state}`),
  ];
  expect(wanted.filter((key) => !(key in en))).toEqual([]);
});

const EVIDENCE: Readonly<Record<Evidence['kind'], true>> = {
  answer: true,
  'not-found': true,
  found: true,
  'no-answer': true,
  'stream-down': true,
  'duplicate-id': true,
  person: true,
};

it('has words for every reason an order may be held back or refused for, and for every state it may be in', () => {
  const wanted = [
    ...TRUST_REASONS.flatMap((reason) => [`trust.${reason}`, `trust.${reason}-do`]),
    ...GUARD_RULES.map((rule) => `denial.${rule}`),
    ...OWN_ORDER_STATES.flatMap((state) => [`ownstate.${state}`, `outcome.${state}`]),
    ...Object.keys(EVIDENCE).map((kind) => `found.${kind}`),
    ...Object.entries(VENUE_ERRORS).flatMap(([kind, money]) => [
      `venueerror.${kind}`,
      `venueerror.${kind}-do`,
      `venuemoney.${money}`,
    ]),
  ];
  expect(wanted.filter((key) => !(key in en))).toEqual([]);
});

it('has words for every reason a venue is disarmed for', () => {
  const arming = engine.find(({ path }) => path.endsWith('trading/arming.ts'))?.text ?? '';
  const [, union = ''] = /type DisarmReason =([^;]+);/.exec(arming) ?? [];
  const reasons = codesIn(union, /'([a-z-]+)'/g);
  expect(reasons.length).toBeGreaterThan(5);
  expect(reasons.filter((reason) => !(`happened.trading.disarmed-${reason}` in en))).toEqual([]);
});

it('has words for every error of keys and accounts the engine may throw, and for its log entries about them', () => {
  const rooms = engine.filter(({ path }) => /^(?:keys|accounts)\b/.test(path));
  const thrown = rooms.flatMap(({ text }) =>
    codesIn(text, /new HeartlineError\(\s*'((?:account|keys)\.[a-z.-]+)'/g),
  );
  // What a log line is chosen from stands in a constant of its own there.
  const logged = rooms.flatMap(({ text }) =>
    [...text.matchAll(/const code\b[^;]*;/g)].flatMap(([line]) =>
      codesIn(line, /'((?:account|keys)\.[a-z.-]+)'/g),
    ),
  );
  expect(thrown.length).toBeGreaterThan(10);
  expect({
    thrown: [...new Set(thrown)].filter((code) => !(`errors.${code}` in en)),
    logged: [...new Set(logged)].filter((code) => !(`happened.${code}` in en)),
  }).toEqual({ thrown: [], logged: [] });
});

it('has words for every error that trading may throw at the window', () => {
  const thrown = engine
    .filter(({ path }) => path.startsWith('trading'))
    .flatMap(({ text }) =>
      codesIn(text, /new HeartlineError\(\s*'((?:arm|halt|intent|order|position|sweep)\.[a-z-]+)'/g),
    );
  expect(thrown.length).toBeGreaterThan(5);
  expect([...new Set(thrown)].filter((code) => !(`errors.${code}` in en))).toEqual([]);
});

it('has words for every piece of evidence a verdict may name', () => {
  const list = engine.find(({ path }) => path.endsWith('verdict-evidence.ts'))?.text ?? '';
  const codes = codesIn(list, /^ {2}'([a-z.-]+)',$/gm);
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !(`sign.${code}` in en))).toEqual([]);
});

it('has words for everything the engine writes into the log under a fixed code', () => {
  const codes = engine.flatMap(({ text }) =>
    codesIn(text, /log\.add\(\s*'(?:info|warn|error)',\s*'([a-z.-]+)'/g),
  );
  expect(codes.length).toBeGreaterThan(20);
  expect([...new Set(codes)].filter((code) => !(`happened.${code}` in en))).toEqual([]);
});
