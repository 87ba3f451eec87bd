import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Stands for npm: its name, and a shell between it and the program, which says who it is and waits. */
const NPM = `
  process.title = 'npm start';
  require('node:child_process').spawn('sh', ['-c', '"$NODE" --import "$WATCH" -e "$PROGRAM"; true'], {
    stdio: 'inherit',
    env: { ...process.env, NODE: process.execPath },
  });
  setInterval(() => {}, 1000);
`;
const PROGRAM = 'console.log(process.pid + " " + process.ppid); setInterval(() => {}, 1000)';

test.for([
  ['SIGTERM', 'npm'],
  ['SIGKILL', 'npm'],
  ['SIGKILL', 'the shell'],
] as const)('a %s that only %s gets ends the program too', async ([signal, whom], { skip }) => {
  if (process.platform === 'win32')
    return skip('Windows has no signals: there a console ends npm and all it started');
  const npm = spawn(process.execPath, ['-e', NPM], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      npm_lifecycle_event: 'start',
      WATCH: join(import.meta.dirname, 'end-with-npm.ts'),
      PROGRAM,
    },
  });
  const [line] = (await once(npm.stdout, 'data')) as [Buffer];
  const [program, shell] = String(line).split(' ').map(Number) as [number, number];
  try {
    process.kill(whom === 'npm' ? (npm.pid ?? 0) : shell, signal);
    await expect.poll(() => isAlive(program), { timeout: 10_000 }).toBe(false);
  } finally {
    for (const pid of [npm.pid ?? 0, shell, program]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ended
  }
}
