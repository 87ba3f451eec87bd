// A program of its own for tests that stop, kill or end an engine: `node engine-process.ts <data folder> <address>`.
// `address` is a simulator's, as JSON. Watches a desk, writes settings without pause and says what it does, a line each:
//
//     settings <theme> <count>   what it found, and every write that was acknowledged
//     ready <ms>                 data of every venue is there, so long after the engine was made
//     log <code>                 every entry of the log that is a warning or worse
//
// SIGTERM disposes the engine and then waits for the process to end by itself: a handle left behind would show.
import { createEngine } from '#engine/engine.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { venuesAt } from '#venues/registry.ts';
import { watchInstrument } from '../watched-instrument.ts';

const [dataDir = '', address = '{}', writing = 'write'] = process.argv.slice(2);
const { venues } = JSON.parse(address) as { venues: Record<string, { rest: string; ws: string }> };
const say = (line: string) => process.stdout.write(`${line}\n`);

const began = performance.now();
const staged = venuesAt(({ id }) => venues[id]);
const engine = createEngine({
  clock: systemClock,
  dataDir,
  venues: staged,
  app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
});
const log = engine.api.watch('log', {}, tellLog);
function tellLog(): void {
  for (const { level, code } of log.take() ?? []) if (level !== 'info') say(`log ${code}`);
}
tellLog();

let { typedFx } = await engine.api.request('settings.read', {});
say(`settings ${typedFx?.krwPerUsd ?? 0}`);
const watched = staged.flatMap(({ venue }) =>
  venue.favourites.slice(0, 1).map((instrument) => watchInstrument(engine, instrument)),
);

// Sits on the event loop beside the engine and writes as a person never could.
const writer =
  writing === 'write'
    ? setInterval(() => {
        const krwPerUsd = (typedFx?.krwPerUsd ?? 0) + 1;
        // A number that counts, in the only field that can: what was acknowledged must be there after any end.
        void engine.api.request('settings.write', { typedFx: { krwPerUsd, asOf: 1 } }).then(
          (written) => {
            typedFx = written.typedFx;
            say(`settings ${written.typedFx?.krwPerUsd ?? 0}`);
          },
          (fault: unknown) => say(`refused ${(fault as { code?: string }).code ?? String(fault)}`),
        );
      }, 5)
    : undefined;

const ready = setInterval(() => {
  if (!watched.every(({ book, trades }) => book?.state === 'live' && trades.size > 0)) return;
  clearInterval(ready);
  say(`ready ${Math.round(performance.now() - began)}`);
}, 10);

process.once('SIGTERM', () => {
  clearInterval(writer);
  clearInterval(ready);
  log.dispose();
  for (const one of watched) one.dispose();
  void engine[Symbol.asyncDispose]();
});
