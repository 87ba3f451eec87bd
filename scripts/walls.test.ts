import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');

/** A file that breaks exactly one wall, and the rule that must notice; no rule: it must pass. */
interface Trespass {
  readonly file: string;
  readonly source: string;
  readonly rule?: string;
}

const imports = 'lint/style/noRestrictedImports';
const clock = 'lint/style/noRestrictedGlobals';
const property = 'lint/nursery/noJsRestrictedProperties';
const take = (specifier: string) => `import { thing } from '${specifier}';\n\nexport const taken = thing;\n`;

const trespasses: readonly Trespass[] = [
  // shared: contract → domain → base
  { file: 'src/shared/base/upward.ts', source: take('../domain/instrument.ts'), rule: imports },
  { file: 'src/shared/base/library.ts', source: take('zod'), rule: imports },
  { file: 'src/shared/domain/upward.ts', source: take('../contract/api.ts'), rule: imports },
  { file: 'src/shared/contract/engine.ts', source: take('#engine/engine.ts'), rule: imports },
  { file: 'src/shared/contract/allowed.ts', source: take('zod') },
  // venues
  { file: 'src/venues/leak.ts', source: take('#engine/engine.ts'), rule: imports },
  { file: 'src/venues/alpha/other-venue.ts', source: take('../beta/index.ts'), rule: imports },
  { file: 'src/venues/alpha/engine.ts', source: take('#engine/net/socket.ts'), rule: imports },
  { file: 'src/venues/alpha/socket.ts', source: take('ws'), rule: imports },
  { file: 'src/venues/alpha/files.ts', source: take('node:fs'), rule: imports },
  { file: 'src/venues/alpha/allowed.ts', source: take('../venue.ts') },
  // engine
  { file: 'src/engine/net/a-venue.ts', source: take('#venues/binance/index.ts'), rule: imports },
  { file: 'src/engine/net/registry.ts', source: take('#venues/registry.ts'), rule: imports },
  { file: 'src/engine/net/simulator.ts', source: take('#simulator/simulator.ts'), rule: imports },
  { file: 'src/engine/net/shell.ts', source: take('electron'), rule: imports },
  { file: 'src/engine/net/ccxt.ts', source: take('ccxt'), rule: imports },
  { file: 'src/engine/near.ts', source: take('../simulator/simulator.ts'), rule: imports },
  { file: 'src/engine/net/far.ts', source: take('../../venues/binance/index.ts'), rule: imports },
  { file: 'src/engine/net/timers.ts', source: take('node:timers/promises'), rule: imports },
  {
    file: 'src/engine/net/perf-hooks.ts',
    source: "import { performance } from 'node:perf_hooks';\n\nexport const now = () => performance.now();\n",
    rule: imports,
  },
  {
    file: 'src/engine/net/event-loop-delay.ts',
    source:
      "import { monitorEventLoopDelay } from 'node:perf_hooks';\n\nexport const delay = monitorEventLoopDelay();\n",
  },
  {
    file: 'src/engine/net/lazy.ts',
    source: "export const load = () => import('#simulator/simulator.ts');\n",
    rule: imports,
  },
  {
    file: 'src/engine/net/type-only.ts',
    source: "import type { Thing } from '#simulator/simulator.ts';\n\nexport type Taken = Thing;\n",
    rule: imports,
  },
  { file: 'src/engine/net/allowed.ts', source: take('#venues/venue.ts') },
  { file: 'src/engine/net/allowed.test.ts', source: take('#simulator/simulator.ts') },
  // simulator
  { file: 'src/simulator/wire/codec.ts', source: take('#venues/binance/market-codec.ts'), rule: imports },
  { file: 'src/simulator/wire/port.ts', source: take('#venues/venue.ts'), rule: imports },
  { file: 'src/simulator/engine.ts', source: take('#engine/engine.ts'), rule: imports },
  { file: 'src/simulator/wire/codec.test.ts', source: take('#venues/binance/index.ts'), rule: imports },
  { file: 'src/simulator/allowed.ts', source: take('#shared/base/clock.ts') },
  // shells
  { file: 'src/main/deep.ts', source: take('#engine/market/book.ts'), rule: imports },
  { file: 'src/main/allowed.ts', source: take('#engine/engine.ts') },
  { file: 'src/headless/desktop.ts', source: take('electron'), rule: imports },
  { file: 'src/headless/venue.ts', source: take('#venues/binance/index.ts'), rule: imports },
  { file: 'src/headless/window.ts', source: take('../renderer/host.ts'), rule: imports },
  { file: 'src/headless/figures.ts', source: take('prom-client') },
  { file: 'src/main/figures.ts', source: take('prom-client'), rule: imports },
  { file: 'src/engine/health/figures.ts', source: take('prom-client'), rule: imports },
  { file: 'src/cli/replay.ts', source: take('#engine/recorder/replay.ts') },
  { file: 'src/cli/deep.ts', source: take('#simulator/price-path.ts'), rule: imports },
  { file: 'src/preload/engine.ts', source: take('#engine/engine.ts'), rule: imports },
  { file: 'src/preload/files.ts', source: take('node:fs'), rule: imports },
  // renderer
  { file: 'src/renderer/panels/engine.ts', source: take('#engine/engine.ts'), rule: imports },
  { file: 'src/renderer/panels/venue.ts', source: take('#venues/venue.ts'), rule: imports },
  { file: 'src/renderer/panels/desktop.ts', source: take('electron'), rule: imports },
  { file: 'src/renderer/panels/files.ts', source: take('node:fs'), rule: imports },
  { file: 'src/renderer/panels/allowed.ts', source: take('#shared/domain/instrument.ts') },
  // time, delay and chance
  { file: 'src/engine/net/now.ts', source: 'export const now = () => Date.now();\n', rule: clock },
  {
    file: 'src/engine/net/global-now.ts',
    source: 'export const now = () => globalThis.Date.now();\n',
    rule: property,
  },
  {
    file: 'src/venues/alpha/date.ts',
    source: 'export const when = (at: number) => new Date(at);\n',
    rule: clock,
  },
  {
    file: 'src/simulator/later.ts',
    source: 'export const later = (task: () => void) => setTimeout(task, 1);\n',
    rule: clock,
  },
  {
    file: 'src/simulator/often.ts',
    source: 'export const often = (task: () => void) => setInterval(task, 1);\n',
    rule: clock,
  },
  {
    file: 'src/engine/market/stopwatch.ts',
    source: 'export const now = () => performance.now();\n',
    rule: clock,
  },
  { file: 'src/simulator/dice.ts', source: 'export const dice = () => Math.random();\n', rule: property },
  {
    file: 'src/engine/net/patience.ts',
    source: 'export const patience = () => AbortSignal.timeout(1000);\n',
    rule: property,
  },
  {
    file: 'src/engine/net/system-clock.ts',
    source: 'export const now = () => Date.now() + Math.random();\n',
  },
  { file: 'src/renderer/ui/age.ts', source: 'export const now = () => Date.now();\n' },
  // habits
  {
    file: 'src/engine/cycle-one.ts',
    source: "import { two } from './cycle-two.ts';\n\nexport const one = () => two;\n",
    rule: 'lint/suspicious/noImportCycles',
  },
  {
    file: 'src/engine/cycle-two.ts',
    source: "import { one } from './cycle-one.ts';\n\nexport const two = () => one;\n",
    rule: 'lint/suspicious/noImportCycles',
  },
  {
    file: 'src/engine/barrel.ts',
    source: "export { two } from './cycle-two.ts';\n",
    rule: 'lint/performance/noBarrelFile',
  },
  {
    file: 'src/engine/star.ts',
    source: "export * from './cycle-two.ts';\n",
    rule: 'lint/performance/noReExportAll',
  },
  {
    file: 'src/engine/defaulted.ts',
    source: 'const one = 1;\n\nexport default one;\n',
    rule: 'lint/style/noDefaultExport',
  },
  { file: 'tool.config.ts', source: 'const one = 1;\n\nexport default one;\n' },
  {
    file: 'src/engine/CamelCase.ts',
    source: 'export const one = 1;\n',
    rule: 'lint/style/useFilenamingConvention',
  },
  {
    file: 'src/engine/bare-builtin.ts',
    source: "import { join } from 'path';\n\nexport const joined = join('a', 'b');\n",
    rule: 'lint/style/useNodejsImportProtocol',
  },
  {
    file: 'src/engine/value-import.ts',
    source: "import { Clock } from '#shared/base/clock.ts';\n\nexport type Time = Clock;\n",
    rule: 'lint/style/useImportType',
  },
  {
    file: 'src/engine/floating.ts',
    source: 'const work = async () => 1;\n\nexport function start(): void {\n  work();\n}\n',
    rule: 'lint/nursery/noFloatingPromises',
  },
  {
    file: 'src/engine/half-a-switch.ts',
    source:
      "export function word(side: 'buy' | 'sell'): string {\n  switch (side) {\n    case 'buy':\n      return 'bought';\n  }\n  return '';\n}\n",
    rule: 'lint/nursery/useExhaustiveSwitchCases',
  },
  {
    file: 'src/engine/swallow.ts',
    source: 'export function swallow(task: () => void): void {\n  try {\n    task();\n  } catch {}\n}\n',
    rule: 'lint/suspicious/noEmptyBlockStatements',
  },
  {
    file: 'src/engine/listed.ts',
    source: 'export enum Side {\n  Buy,\n  Sell,\n}\n',
    rule: 'lint/style/noEnum',
  },
  {
    file: 'src/engine/loud.ts',
    source: "export const loud = () => console.log('!');\n",
    rule: 'lint/suspicious/noConsole',
  },
  {
    file: 'src/engine/endless.ts',
    source: Array.from({ length: 301 }, (_, line) => `export const line${line} = ${line};\n`).join(''),
    rule: 'lint/style/noExcessiveLinesPerFile',
  },
  {
    file: 'src/engine/unlisted.test.ts',
    source: take('left-pad'),
    rule: 'lint/correctness/noUndeclaredDependencies',
  },
  {
    file: 'src/engine/only.test.ts',
    source: "import { test } from 'vitest';\n\ntest.only('alone', () => undefined);\n",
    rule: 'lint/suspicious/noFocusedTests',
  },
];

describe('the walls', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heartline-walls-'));
  let found: ReadonlyMap<string, readonly string[]> = new Map();

  beforeAll(async () => {
    for (const name of ['biome.jsonc', 'package.json', '.gitignore'])
      cpSync(join(project, name), join(folder, name));
    for (const { file, source } of trespasses) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    found = await lint(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(trespasses.filter(({ rule }) => rule !== undefined))('$file is stopped by $rule', (trespass) => {
    expect(found.get(trespass.file) ?? []).toContain(trespass.rule);
  });

  test.each(trespasses.filter(({ rule }) => rule === undefined))('$file passes', (trespass) => {
    expect(found.get(trespass.file) ?? []).toEqual([]);
  });
});

/** Rules that fired with severity error, by file. */
async function lint(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const biome = join(project, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const text = await new Promise<string>((resolve) => {
    // Biome exits non-zero when it finds something, which is the point here.
    execFile(
      process.execPath,
      [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => resolve(stdout),
    );
  });
  const report = JSON.parse(text) as Report;
  const rules = new Map<string, string[]>();
  for (const { category, severity, location } of report.diagnostics) {
    if (severity !== 'error' || location?.path === undefined) continue;
    const file = location.path.replaceAll('\\', '/');
    rules.set(file, [...(rules.get(file) ?? []), category]);
  }
  return rules;
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly severity: string;
    readonly location?: { readonly path?: string };
  }[];
}
