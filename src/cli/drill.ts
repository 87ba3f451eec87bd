import { parseArgs } from 'node:util';
import { runDrill } from '#drill/drill.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { DRILL_SCENARIOS, type DrillScenario, type DrillScore } from '#shared/domain/drill.ts';
import { venues } from '#venues/registry.ts';

const USAGE =
  'usage: npm run -s drill -- [--scenario all|<name>,…] [--venue all|<id>,…] [--seed <n>] [--json]';

async function main(args: readonly string[]): Promise<boolean> {
  const asked = read(args);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let told = 0;
  const scores = await runDrill(
    { clock: systemClock, seed: asked.seed },
    {
      ...asked,
      signal: stop.signal,
      onScores(known) {
        // A whole drill takes minutes: what is known is told as it comes.
        if (!asked.json) process.stdout.write(known.slice(told).map(line).join(''));
        told = known.length;
      },
      onScenario(scenario, index, of) {
        process.stderr.write(`${index + 1}/${of} ${scenario}\n`);
      },
    },
  );
  const passed = scores.every((score) => score.passed);
  if (asked.json) process.stdout.write(`${JSON.stringify({ passed, scores })}\n`);
  return passed;
}

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', default: 'all' },
        venue: { type: 'string', default: 'all' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
    if (!/^\d{1,9}$/.test(values.seed))
      throw new HeartlineError('arguments.invalid', `not a seed: ${values.seed}`);
    return {
      scenarios: named(values.scenario, DRILL_SCENARIOS, 'scenario') as readonly DrillScenario[],
      venues: named(
        values.venue,
        venues.map(({ id }) => id),
        'venue',
      ),
      seed: Number(values.seed),
      json: values.json,
    };
  } catch (fault) {
    throw new HeartlineError('arguments.invalid', `${messageOf(fault).split('. ')[0]}; ${USAGE}`);
  }
}

/** `all` is the empty list. */
function named(text: string, known: readonly string[], what: string): readonly string[] {
  if (text === 'all') return [];
  const names = text.split(',').map((name) => name.trim());
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return names;
  throw new HeartlineError('arguments.invalid', `unknown ${what} ${stranger}, known: ${known.join(' ')}`);
}

function line(score: DrillScore): string {
  const figure = (value: number) => (Number.isNaN(value) ? '–' : `${(value / 1000).toFixed(1)} s`);
  const verdict = score.passed ? 'passed' : `FAILED: ${score.faults.join('; ')}`;
  return [
    score.scenario.padEnd(17),
    score.venue.padEnd(8),
    `noticed ${figure(score.noticedAfterMs)}`.padEnd(15),
    `false green ${figure(score.falseGreenMs)}`.padEnd(19),
    `back ${figure(score.recoveredAfterMs)}`.padEnd(12),
    `${verdict}\n`,
  ].join(' ');
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (fault) {
  process.stderr.write(`drill: ${messageOf(fault)}\n`);
  process.exitCode = fault instanceof HeartlineError && fault.code === 'arguments.invalid' ? 2 : 1;
}
