import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startSimulator } from './simulator.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line until it ends, ending it with SIGTERM once it has printed a line. */
async function run(...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...words]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    if (out.endsWith('\n')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

async function takenPort(): Promise<{ readonly port: number; free(): void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

describe('the simulator', () => {
  it('starts in a thread of its own, answers, and ends when asked', async () => {
    const simulator = await startSimulator({ seed: 3 });
    const { rest, ws } = simulator.address.venues['binance'] as { rest: string; ws: string };
    expect((await fetch(`${rest}/fapi/v1/ping`)).status).toBe(200);
    expect([rest, ws, simulator.address.control].every((url) => new URL(url).hostname === '127.0.0.1')).toBe(
      true,
    );
    const reasons: string[] = [];
    simulator.onGone((reason) => reasons.push(reason));
    await simulator.stop();
    await expect(fetch(`${rest}/fapi/v1/ping`)).rejects.toThrow();
    expect(reasons).toEqual([]);
  });

  it('says so once when it goes without having been asked by its owner', async () => {
    const simulator = await startSimulator();
    const gone = new Promise<string>((resolve) => simulator.onGone(resolve));
    await fetch(`${simulator.address.control}/_sim/stop`, { method: 'POST' });
    expect(await gone).toBe('stopped through its control endpoint');
  });

  it('has a key for every venue, which may trade, and its ledger', async () => {
    const simulator = await startSimulator({ seed: 3 });
    const { control, venues } = simulator.address;
    const told = await Promise.all(
      Object.keys(venues).map(async (venue) => {
        const { apiKey, secret } = await simulator.demoKey(venue);
        const answer = await fetch(`${control}/_sim/ledger?venue=${venue}&key=${apiKey}`);
        const { account, balances } = (await answer.json()) as { account: string; balances: unknown[] };
        return [venue, secret !== apiKey, account, balances.length > 2];
      }),
    );
    await expect(simulator.demoKey('nowhere')).rejects.toMatchObject({ code: 'simulator.failed' });
    await simulator.stop();
    expect(told).toEqual(
      ['binance', 'bybit', 'upbit', 'bithumb'].map((venue) => [venue, true, 'main', true]),
    );
  });

  it('refuses a taken port by name', async () => {
    const taken = await takenPort();
    await expect(startSimulator({ port: taken.port })).rejects.toMatchObject({
      code: 'port.taken',
      details: { port: taken.port },
    });
    taken.free();
  });
});

describe('npm run simulator', () => {
  it('prints exactly one JSON line when ready and ends with 0 on SIGTERM', async () => {
    const { code, out, err } = await run('--seed', '5', '--speed', '2');
    expect([code, err, out.split('\n').length]).toEqual([0, '', 2]);
    expect(JSON.parse(out)).toEqual({
      control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      venues: Object.fromEntries(
        ['binance', 'bybit', 'upbit', 'bithumb'].map((venue) => [
          venue,
          {
            rest: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
            ws: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
          },
        ]),
      ),
    });
  });

  it.each([
    [['--port', 'ninety'], '--port must be a port number'],
    [['--seed', '1.5'], '--seed must be a whole number'],
    [['--speed', '0'], '--speed must be a number'],
    [['--colour', 'red'], "Unknown option '--colour'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('refuses %j in one sentence', async (words, beginning) => {
    const { code, out, err } = await run(...words);
    expect([code, out, err.split('\n').length]).toEqual([1, '', 2]);
    expect(err.startsWith(beginning)).toBe(true);
  });

  it('says that a port is taken, without a stack trace', async () => {
    const taken = await takenPort();
    const { code, out, err } = await run('--port', String(taken.port));
    taken.free();
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: `Port ${taken.port} is taken on 127.0.0.1.\n`,
    });
  });
});
