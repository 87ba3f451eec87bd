// Finds the browser that tests and benches drive. As a program it prints the path.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Switches for a Chromium that must talk to nobody but us. */
export function browserFlags(): readonly string[] {
  const unprivileged = process.getuid?.() !== 0 && process.env.CI === undefined;
  return [
    // The sandbox cannot start as root, nor on most CI machines; a person's own machine keeps it.
    ...(unprivileged ? [] : ['--no-sandbox']),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** A Chromium-like browser that is already here, or `undefined`. `HEARTLINE_BROWSER` wins over all. */
export function findBrowser(): string | undefined {
  const named = process.env.HEARTLINE_BROWSER;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`HEARTLINE_BROWSER names ${named}, which is not a program that can be run.`);
  }
  return [...installedPlaces(), chromium.executablePath()].find(isProgram);
}

/**
 * The browser to use, fetched with Debian's package manager where that is the only way
 * (as root, at most five minutes). Throws one sentence that says what to do.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('No browser to test with: installing Debian’s chromium package.\n');
    const installed = aptGet('update') && aptGet('install', '-y', '--no-install-recommends', 'chromium');
    const fresh = installed ? findBrowser() : undefined;
    if (fresh !== undefined) return fresh;
  }
  throw new Error(
    'No browser to test with: install Chromium, Chrome or Edge, or run `npx playwright install chromium`, ' +
      'or name one in HEARTLINE_BROWSER.',
  );
}

function aptGet(...args: readonly string[]): boolean {
  const { status } = spawnSync('apt-get', ['-q', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 150_000,
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

function installedPlaces(): readonly string[] {
  switch (process.platform) {
    case 'win32':
      return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Chromium', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ]);
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    default:
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
        .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
        .filter((path) => path.startsWith('/'));
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: the next place is tried
  }
}

if (import.meta.main) {
  try {
    process.stdout.write(`${ensureBrowser()}\n`);
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : fault}\n`);
    process.exitCode = 1;
  }
}
