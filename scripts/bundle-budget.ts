// What a window loads and what the desktop's main process loads may grow only on purpose.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const project = join(import.meta.dirname, '..');

interface Budget {
  readonly name: string;
  readonly folder: string;
  readonly pattern: RegExp;
  readonly measure: 'gzip' | 'plain';
  readonly limitKb: number;
}

/** kB of 1,000 bytes. Limits stand about a tenth above what the last deliberate change needed. */
const budgets: readonly Budget[] = [
  { name: 'window, scripts', folder: 'out/renderer', pattern: /\.js$/, measure: 'gzip', limitKb: 745 },
  { name: 'window, styles', folder: 'out/renderer', pattern: /\.css$/, measure: 'gzip', limitKb: 55 },
  { name: 'main process', folder: 'out/main', pattern: /\.[cm]?js$/, measure: 'plain', limitKb: 2400 },
  { name: 'preload', folder: 'out/preload', pattern: /\.[cm]?js$/, measure: 'plain', limitKb: 5 },
];

const rows = budgets.map((budget) => ({ budget, sizeKb: weigh(budget) }));
for (const { budget, sizeKb } of rows) {
  const verdict = sizeKb === 0 ? 'NOTHING BUILT' : sizeKb > budget.limitKb ? 'OVER' : 'ok';
  const measured = `${sizeKb.toFixed(1)} kB`.padStart(10);
  process.stdout.write(
    `${budget.name.padEnd(18)} ${measured} of ${budget.limitKb} kB ${budget.measure.padEnd(6)} ${verdict}\n`,
  );
}
if (rows.some(({ budget, sizeKb }) => sizeKb === 0 || sizeKb > budget.limitKb)) process.exitCode = 1;

function weigh(budget: Budget): number {
  const folder = join(project, budget.folder);
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => budget.pattern.test(name))
    .map((name) => readFileSync(join(folder, name)))
    .reduce(
      (sum, bytes) => sum + (budget.measure === 'gzip' ? gzipSync(bytes).length : bytes.length) / 1000,
      0,
    );
}
