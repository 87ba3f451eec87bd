import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SAFE_TRADING } from '#shared/contract/safe-trading.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { accountsAt } from '#venues/account-registry.ts';
import { createEventLog } from '../health/event-log.ts';
import { createMarketList } from '../market/market-list.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { openAccounts } from './open-accounts.ts';

test('an address that one key got banned stays silent with every key, and at that venue only', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-budget-'));
  const clock = createVirtualClock();
  const sent: string[] = [];
  const accounts = openAccounts({
    environment: 'simulator',
    store: 'memory',
    places: accountsAt(({ id }) => ({ rest: `http://${id}.test`, ws: `ws://${id}.test` })),
    fetch: async (url) => {
      sent.push(new URL(url).host);
      return {
        status: 418,
        headers: new Headers({ 'retry-after': '120' }),
        text: async () => '{"code":-1003,"msg":"Way too many requests; IP banned"}',
      };
    },
  })({
    clock,
    log: createEventLog(clock),
    dataDir,
    markets: createMarketList(),
    openSocket: createFakeSockets().open,
    profile: () => 'balanced',
    trading: () => SAFE_TRADING,
    confirm: undefined,
    shell: 'headless',
  });
  const check = (venue: string, apiKey: string) =>
    accounts.requests['accounts.check']({
      venue: venueId(venue),
      environment: 'simulator',
      apiKey,
      secret: 'a-secret-of-a-test',
    });
  try {
    await check('binance', 'one-key');
    const first = sent.length;
    await check('binance', 'another-key');
    const second = sent.length - first;
    clock.advance(121_000);
    await check('binance', 'another-key');
    expect([first, second, sent.length - first - second > 0]).toEqual([1, 0, true]);
  } finally {
    accounts.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
