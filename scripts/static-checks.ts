import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A check without tests of its own: the program passes or it does not. */
export interface StaticCheck {
  readonly name: string;
  readonly args: readonly string[];
  readonly limitMs: number;
}

const project = join(import.meta.dirname, '..');
const modules = join(project, 'node_modules');

export const biomeCheck: StaticCheck = {
  name: 'biome',
  args: [
    join(modules, '@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--error-on-warnings',
    '--max-diagnostics=100',
    '.',
  ],
  limitMs: 60_000,
};

/** One per area (`src/<area>/tsconfig.json`), and one for the tests, benches and scripts. */
export function typeChecks(): readonly StaticCheck[] {
  const areas = readdirSync(join(project, 'src'))
    .map((area) => `src/${area}/tsconfig.json`)
    .filter((config) => existsSync(join(project, config)))
    .sort();
  return [...areas, 'tsconfig.tests.json'].map((config) => ({
    name: `tsc ${config.replace('/tsconfig.json', '')}`,
    args: [join(modules, 'typescript', 'bin', 'tsc'), '--project', config, '--pretty', 'false'],
    limitMs: 60_000,
  }));
}

export const knipCheck: StaticCheck = {
  name: 'knip',
  args: [join(modules, 'knip', 'bin', 'knip.js'), '--no-progress'],
  limitMs: 120_000,
};

export const buildCheck: StaticCheck = {
  name: 'build',
  args: [join(modules, 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
  limitMs: 180_000,
};

export const budgetCheck: StaticCheck = {
  name: 'size budget',
  args: [join(project, 'scripts', 'bundle-budget.ts')],
  limitMs: 30_000,
};
