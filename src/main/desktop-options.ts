import { parseArgs } from 'node:util';
import { HeartlineError } from '#shared/base/errors.ts';

/** The flags the desktop app knows, for `parseArgs`. */
export const DESKTOP_FLAGS = {
  'data-dir': { type: 'string' },
  demo: { type: 'boolean' },
  live: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export interface DesktopOptions {
  /** Absent: the system's own place for an app's settings. */
  readonly dataDir: string | undefined;
  readonly mode: 'demo' | 'live';
  /** Print one line of JSON on standard output once the window is opened. */
  readonly json: boolean;
}

/**
 * Reads our flags and leaves the others alone: Electron, Chromium and test drivers add switches of their own
 * (`npm run desktop` has already refused what nobody knows). Throws `HeartlineError('flag.invalid')`.
 */
export function readDesktopOptions(argv: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: DESKTOP_FLAGS,
    strict: false,
  });
  if (values.demo && values.live) throw new HeartlineError('flag.invalid', 'choose one of --demo and --live');
  const dataDir = values['data-dir'];
  if (dataDir === true) throw new HeartlineError('flag.invalid', '--data-dir takes a folder');
  return { dataDir: dataDir || undefined, mode: values.live ? 'live' : 'demo', json: values.json === true };
}
