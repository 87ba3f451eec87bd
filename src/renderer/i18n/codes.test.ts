import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALARM_RULES, type Exposure } from '#shared/domain/alarm.ts';
import type { Cause, ConnectionStateKind } from '#shared/domain/connection.ts';
import { DRILL_SCENARIOS } from '#shared/domain/drill.ts';
import { ERROR_CLASSES } from '#shared/domain/error-class.ts';
import { en } from './en.ts';

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
