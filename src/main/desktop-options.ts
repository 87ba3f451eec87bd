import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HeartlineError } from '#shared/base/errors.ts';
import { type KeyPlace, keyPlaceOf } from '#shared/contract/key-places.ts';

/** The flags the desktop app knows, for `parseArgs`. */
export const DESKTOP_FLAGS = {
  'data-dir': { type: 'string' },
  demo: { type: 'boolean' },
  live: { type: 'boolean' },
  recording: { type: 'string' },
  speed: { type: 'string' },
  json: { type: 'boolean' },
  keys: { type: 'string' },
} as const;

export interface DesktopOptions {
  /** Absent: the system's own place for an app's settings. */
  readonly dataDir: string | undefined;
  readonly mode: 'demo' | 'live';
  /** A recording to show instead, and how fast it plays. */
  readonly recording: { readonly path: string; readonly speed: number } | undefined;
  /** Print one line of JSON on standard output once the window is opened. */
  readonly json: boolean;
  /** Where keys are kept. */
  readonly keys: KeyPlace | 'auto';
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
  if (values.keys === true) throw new HeartlineError('flag.invalid', '--keys takes a place');
  const mode = values.live ? 'live' : 'demo';
  return {
    dataDir: dataDir || undefined,
    mode,
    recording: recordingOf(values.recording, values.speed),
    json: values.json === true,
    keys: keyPlaceOf(values.keys || undefined, mode),
  };
}

/** Whether it can be played, and at that speed, is seen when it is opened. */
function recordingOf(
  path: string | boolean | undefined,
  speed: string | boolean | undefined,
): DesktopOptions['recording'] {
  if (path === undefined) return undefined;
  if (typeof path === 'boolean' || path.trim() === '') {
    throw new HeartlineError('flag.invalid', '--recording takes a file');
  }
  return { path: resolve(path), speed: Number(speed ?? 1) };
}
