import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultFolders } from '#shared/base/default-folders.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { type KeyPlace, keyPlaceOf } from '#shared/contract/key-places.ts';

export const HEADLESS_USAGE = `Usage: npm run headless -- [--port N] [--data-dir DIR] [--demo|--live] [--keys PLACE] [--metrics] [--json]
       npm run headless -- --recording FILE [--speed N] [--port N] [--json]

  --port N        listen on this port of 127.0.0.1 (default: any free one)
  --data-dir DIR  where settings are kept
  --demo          the built-in simulated market (default)
  --live          the real venues' public data
  --keys PLACE    where keys of accounts are kept: keychain (the system's), vault (a file in the data folder that a
                  passphrase opens) or memory (until it quits). Default: what was chosen before, or else the keychain
                  where there is one; memory with --demo
  --recording FILE  what was recorded, as a desk to look at, instead of a market of today
  --speed N       plays it at 1 to 100 times its speed (default: 1)
  --metrics       serve the engine's figures at /metrics, as Prometheus reads them; the token it asks for is
                  written to metrics-token in the data folder
  --json          print one line {"url":…,"pid":…} when ready, and nothing else`;

export interface HeadlessOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly mode: 'demo' | 'live';
  /** Whole path of a recording to show instead of `mode`, and how fast it plays. */
  readonly recording: { readonly path: string; readonly speed: number } | undefined;
  readonly json: boolean;
  /** Where keys are kept. */
  readonly keys: KeyPlace | 'auto';
  /** Serves `GET /metrics`. */
  readonly metrics: boolean;
}

/** Reads the command line. Throws `HeartlineError('flag.invalid')` with a sentence for the person. */
export function readHeadlessOptions(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): HeadlessOptions | 'help' {
  const { values } = parse(argv);
  if (values.help) return 'help';
  if (values.demo && values.live) throw new HeartlineError('flag.invalid', 'choose one of --demo and --live');
  return {
    port: portOf(values.port ?? '0'),
    dataDir:
      folderOf(values['data-dir']) ?? defaultFolders(environment, homedir(), process.platform).headless,
    mode: values.live ? 'live' : 'demo',
    recording: recordingOf(values),
    json: values.json ?? false,
    keys: keyPlaceOf(values.keys, values.live ? 'live' : 'demo'),
    metrics: values.metrics ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        demo: { type: 'boolean' },
        live: { type: 'boolean' },
        recording: { type: 'string' },
        speed: { type: 'string' },
        json: { type: 'boolean' },
        keys: { type: 'string' },
        metrics: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (fault) {
    // Node's own sentence, without the advice after it: "Unknown option '--prot'".
    const sentence = messageOf(fault).split('. ')[0] ?? '';
    throw new HeartlineError('flag.invalid', sentence, { cause: fault });
  }
}

/** Whole, so that every sentence about it names the place a person can look at. */
function folderOf(text: string | undefined): string | undefined {
  if (text?.trim() === '') throw new HeartlineError('flag.invalid', '--data-dir takes a folder');
  return text === undefined ? undefined : resolve(text);
}

function recordingOf(values: {
  readonly recording?: string | undefined;
  readonly speed?: string | undefined;
  readonly demo?: boolean | undefined;
  readonly live?: boolean | undefined;
}): HeadlessOptions['recording'] {
  const { recording, speed = '1' } = values;
  if (recording === undefined) {
    if (values.speed === undefined) return undefined;
    throw new HeartlineError('flag.invalid', '--speed is for a recording: name one with --recording');
  }
  if (recording.trim() === '') throw new HeartlineError('flag.invalid', '--recording takes a file');
  if (values.demo || values.live) {
    throw new HeartlineError(
      'flag.invalid',
      'a recording is shown instead of a market: leave out --demo and --live',
    );
  }
  if (!/^\d{1,3}(?:\.\d{1,3})?$/.test(speed) || Number(speed) < 1 || Number(speed) > 100) {
    throw new HeartlineError('flag.invalid', `--speed takes a number from 1 to 100, not ${speed}`);
  }
  return { path: resolve(recording), speed: Number(speed) };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new HeartlineError('flag.invalid', `--port takes a number from 0 to 65535, not ${text}`);
}
