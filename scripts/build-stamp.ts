import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = 'out/.stamp';
/** What a whole build leaves behind. */
const OUTPUTS = [
  'out/main/index.js',
  'out/main/simulator-worker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];
/** What a build is made of, besides the sources. */
const INPUTS = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** Whether `out/` is what the sources, the configuration and the locked packages would give now. */
export function isBuilt(project: string): boolean {
  return (
    OUTPUTS.every((file) => existsSync(join(project, file))) &&
    existsSync(join(project, STAMP)) &&
    readFileSync(join(project, STAMP), 'utf8') === fingerprint(project)
  );
}

/**
 * A Vite plugin for the last of the three builds: leaves the fingerprint of what was built. Taken before
 * the build reads anything, so a file saved meanwhile makes the next start build again.
 */
export function stampBuild(project: string) {
  const built = fingerprint(project);
  return {
    name: 'heartline:stamp',
    apply: 'build' as const,
    // Runs only after everything was written without an error.
    writeBundle(): void {
      writeFileSync(join(project, STAMP), built);
    },
  };
}

/** By content, not by time: a clone or a checkout gives every file a new time. */
function fingerprint(project: string): string {
  const sources = readdirSync(join(project, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...INPUTS.map((name) => join(project, name)), ...sources]) {
    const bytes = existsSync(file) ? readFileSync(file) : '';
    hash.update(`${file.slice(project.length)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
