import { parseArgs } from 'node:util';
import { messageOf } from '#shared/base/errors.ts';
import { startSimulator } from './simulator.ts';

const USAGE = 'Usage: npm run -s simulator -- [--port N] [--seed N] [--speed X]';

function numberOf(name: string, text: string | undefined, isValid: (value: number) => boolean, rule: string) {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !isValid(value)) throw new Error(`--${name} must be ${rule}, not "${text}".`);
  return value;
}

function readArguments() {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, seed: { type: 'string' }, speed: { type: 'string' } },
  });
  const port = numberOf(
    'port',
    values.port,
    (n) => Number.isInteger(n) && n >= 0 && n <= 65_535,
    'a port number from 0 to 65535',
  );
  const seed = numberOf(
    'seed',
    values.seed,
    (n) => Number.isSafeInteger(n) && n >= 0,
    'a whole number from 0 up',
  );
  const speed = numberOf(
    'speed',
    values.speed,
    (n) => n >= 0.01 && n <= 10_000,
    'a number from 0.01 to 10000',
  );
  return { port: port ?? 0, seed: seed ?? 1, speed: speed ?? 1 };
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

let options: ReturnType<typeof readArguments> | undefined;
try {
  options = readArguments();
} catch (fault) {
  // parseArgs explains in several sentences; the first says what is wrong.
  fail(`${messageOf(fault).split(/(?<=\.)\s/)[0]} ${USAGE}`);
}

if (options) {
  try {
    const simulator = await startSimulator(options);
    simulator.onGone((reason) => fail(`The simulator is gone: ${reason}.`));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop());
    process.stdout.write(`${JSON.stringify(simulator.address)}\n`);
  } catch (fault) {
    fail(messageOf(fault));
  }
}
