import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const TAIL = fileURLToPath(new URL('./tail.ts', import.meta.url));

async function run(...argv: string[]) {
  const child = spawn(process.execPath, [TAIL, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const lines = out.split('\n').filter((line) => line !== '');
  return {
    code,
    events: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    errors: errors.trim(),
  };
}

describe('tail', { timeout: 30_000 }, () => {
  test('prints normalised events of a simulated venue and nothing else', async () => {
    const { code, events, errors } = await run(
      'binance:BTC-USDT-PERP',
      '--streams',
      'ticker,trade,book,mark,candle:1m',
      '--seconds',
      '4',
    );
    const kinds = [...new Set(events.map((event) => event.kind))].sort();
    const tops = events.filter((event) => event.kind === 'book-top').map((event) => Number(event.updateId));
    expect({ code, errors, kinds }).toEqual({
      code: 0,
      errors: '',
      kinds: ['book-top', 'candle', 'mark', 'ticker', 'trade'],
    });
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
  });

  test('ends with one sentence when the simulator it watches is gone or never was there', async () => {
    const { code, errors } = await run('binance:BTC-USDT-PERP', '--base', 'http://127.0.0.1:9');
    expect({ code, lines: errors.split('\n').length }).toEqual({ code: 1, lines: 1 });
  });

  test.each([
    [[], /^Usage: /],
    [['nope'], /"nope" is not an instrument/],
    [['binance:NOPE-USDT-PERP'], /does not list binance:NOPE-USDT-PERP/],
    [['okx:BTC-USDT'], /There is no venue "okx"/],
    [['binance:BTC-USDT-PERP', '--streams', 'candles'], /"candles" is not a stream/],
    [['binance:BTC-USDT-PERP', '--streams', 'candle:7m'], /"7m" is not a candle interval\. Known: 1s 1m /],
    [['binance:BTC-USDT-PERP', '--base', 'moon'], /"moon" is not a base/],
    [['binance:BTC-USDT-PERP', '--seconds', 'x'], /--seconds takes a number/],
    [['binance:BTC-USDT-PERP', '--seconds='], /--seconds takes a number/],
    [['binance:BTC-USDT-PERP', '--seconds', '3000000'], /--seconds takes a number/],
    [['binance:BTC-USDT-PERP', '--colour', 'x'], /Unknown option --colour/],
  ])('refuses %j with one clear sentence', async (argv, sentence) => {
    const { code, events, errors } = await run(...argv);
    expect({ code, events, lines: errors.split('\n').length }).toEqual({ code: 1, events: [], lines: 1 });
    expect(errors).toMatch(sentence);
  });
});
