import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('./replay.ts', import.meta.url));
const SESSION = fileURLToPath(
  new URL('../venues/binance/fixtures/four-alts-20210722.ndjson.gz', import.meta.url),
);

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `leaveAfter` closes its output after so many characters, as `| head` does. */
function run(args: readonly string[], leaveAfter = Number.POSITIVE_INFINITY): Promise<Ran> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    if (out.length > leaveAfter) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('replay on the command line', () => {
  test('prints events line by line and one summary at the end', async () => {
    const { code, out, err } = await run(['binance', SESSION, '--events', 'trade, candle']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect({ code, err, last: lines.pop() }).toEqual({ code: 0, err: '', last: 'summary' });
    expect([lines.filter((kind) => kind === 'trade').length, lines.length]).toEqual([91, 158]);
  });

  test.each([
    [[], /^replay: usage: .*\n$/],
    [['binance'], /^replay: usage: .*\n$/],
    [['kraken', SESSION], /^replay: unknown venue kraken; known: .*binance.*\n$/],
    [['binance', '/no/such/file'], /^replay: cannot read \/no\/such\/file: there is no such file\n$/],
    [['binance', SESSION, '--events', 'trade,foo'], /^replay: "foo" is not a kind of event. Known: .*\n$/],
    [['binance', SESSION, '--speed'], /^replay: Unknown option '--speed'; usage: .*\n$/],
    [['binance', COMMAND], /^replay: .* is no recording: none of its lines is a record\n$/],
  ])('%j is refused in one sentence', async (args, message) => {
    expect(await run(args)).toEqual({ code: 1, out: '', err: expect.stringMatching(message) });
  });

  test('a reader that goes away is no fault', async () => {
    const { code, err } = await run(['binance', SESSION], 10);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
