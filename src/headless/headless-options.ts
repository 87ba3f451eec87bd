import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { defaultDataDir } from './default-data-dir.ts';

export const HEADLESS_USAGE = `Usage: npm run headless -- [--port N] [--data-dir DIR] [--demo|--live] [--metrics] [--json]

  --port N        listen on this port of 127.0.0.1 (default: any free one)
  --data-dir DIR  where settings are kept
  --demo          the built-in simulated market (default)
  --live          the real venues' public data
  --metrics       serve the engine's figures at /metrics, as Prometheus reads them; the token it asks for is
                  written to metrics-token in the data folder
  --json          print one line {"url":…,"pid":…} when ready, and nothing else`;

export interface HeadlessOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly mode: 'demo' | 'live';
  readonly json: boolean;
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
    dataDir: folderOf(values['data-dir']) ?? defaultDataDir(environment),
    mode: values.live ? 'live' : 'demo',
    json: values.json ?? false,
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
        json: { type: 'boolean' },
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

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new HeartlineError('flag.invalid', `--port takes a number from 0 to 65535, not ${text}`);
}
