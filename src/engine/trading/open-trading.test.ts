import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Question } from '#shared/domain/question.ts';
import type { TradingVenue } from '#venues/order.ts';
import type { AccountList } from '../accounts/account-list-options.ts';
import { defaultSettings } from '../default-settings.ts';
import { createMarketList } from '../market/market-list.ts';
import { openTrading } from './open-trading.ts';
import type { PaperAccounts } from './paper/paper-accounts.ts';
import { BTC, stageTrading } from './test-kit/scripted-account.ts';

// A disk that hangs.
vi.mock('./halt-latch.ts', async (original) => ({
  ...(await original<typeof import('./halt-latch.ts')>()),
  writeHaltLatch: () => new Promise<void>(() => undefined),
}));

const NONE = { all: [], onChange: () => () => undefined } as unknown as AccountList;

function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-trading-'));
  const stage = stageTrading();
  const { clock, log, accounts } = stage;
  const asked: Question[] = [];
  let settings = { ...defaultSettings([{ favourites: [BTC] }]).trading, mainnet: true };
  const trading = openTrading({
    clock,
    log,
    dataDir,
    markets: createMarketList(),
    list: NONE,
    venues: [{ venue: { id: 'plain' } as TradingVenue, name: 'Plain', isReal: true }],
    paper: { ...accounts, second: () => undefined, dispose: () => undefined } as unknown as PaperAccounts,
    settings: () => settings,
    confirm: {
      how: 'dialog',
      ask: async (question) => {
        asked.push(question);
        return 'yes';
      },
    },
    shell: 'desktop',
  });
  onTestFinished(() => {
    trading.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    stage,
    trading,
    asked,
    write(change: Partial<typeof settings>) {
      settings = { ...settings, ...change };
    },
  };
}

test('whoever asked for the kill switch hears what came of it though the disk hangs', async () => {
  const { stage, trading } = open();
  let heard: readonly unknown[] | undefined;
  void trading.kill('command line').then((sweeps) => {
    heard = sweeps.map(({ outcome }) => outcome);
  });
  const isHalted = trading.state().halted !== undefined;
  await stage.pass(10_000);
  expect([isHalted, heard]).toEqual([true, ['clean']]);
});

test('limits widened by a window disarm, and arming again names them', async () => {
  const { trading, asked, write } = open();
  const arm = () => trading.requests['trading.arm']({ venue: 'plain' as never, phrase: 'ARM PLAIN' });
  await arm();
  const before = trading.state().armed;
  const { limits } = defaultSettings([{ favourites: [BTC] }]).trading;
  write({ limits: { ...limits, confirmAbove: { USDT: 1e12, KRW: 1e15 } } });
  const after = trading.state().armed;
  await arm();
  expect([
    before,
    after,
    asked.map((question) => question.kind === 'arm' && question.limits.confirmAbove.USDT),
  ]).toEqual([['Plain'], [], [5000, 1e12]]);
});
