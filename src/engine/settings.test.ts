import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Settings } from '#shared/contract/settings.ts';
import { accountId } from '#shared/domain/account.ts';
import { instrumentId, venueId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings } from './default-settings.ts';
import { createEventLog } from './health/event-log.ts';
import { openDataFolder, openSettings } from './settings.ts';
import { limitsFor } from './trading/limits-for.ts';

const btc = instrumentId('binance:BTC-USDT-PERP');
const defaults: Settings = { ...defaultSettings([{ favourites: [btc] }]), interval: '1m' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heartline-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => {
  const log = createEventLog(createVirtualClock());
  return { log, settings: openSettings(folder, defaults, log) };
};

describe('settings', () => {
  test('are the defaults at first, and what was written after a restart', () => {
    const first = open().settings;
    const before = first.read();
    first.write({ theme: 'light', interval: '1h' });
    expect([before, open().settings.read()]).toEqual([
      defaults,
      { ...defaults, theme: 'light', interval: '1h' },
    ]);
  });

  test('set a broken file aside, say so, and start from the defaults', () => {
    writeFileSync(join(folder, 'settings.json'), '{"theme": "dar');
    const { settings, log } = open();
    expect({
      read: settings.read(),
      log: log.entries.map((entry) => entry.code),
      kept: readFileSync(join(folder, 'settings.json.broken'), 'utf8'),
    }).toEqual({ read: defaults, log: ['settings.broken'], kept: '{"theme": "dar' });
  });

  test.each(['null', '[]', '"dark"', '7', 'true'])(
    'set aside a file that holds %s: JSON, but no settings',
    (text) => {
      writeFileSync(join(folder, 'settings.json'), text);
      const { settings, log } = open();
      expect([settings.read(), log.entries.map((entry) => entry.code)]).toEqual([
        defaults,
        ['settings.broken'],
      ]);
    },
  );

  test('keep every broken file, not only the last one', () => {
    for (const text of ['{"theme": "dar', 'no', 'no', '{']) {
      writeFileSync(join(folder, 'settings.json'), text);
      open();
    }
    const beside = ['broken', 'broken-2', 'broken-3', 'broken-4'].map((end) => {
      const path = join(folder, `settings.json.${end}`);
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    });
    expect(beside).toEqual(['{"theme": "dar', 'no', '{', undefined]);
  });

  test('are not written over a file of which something was left out until it is kept beside, and that is said', () => {
    const path = join(folder, 'settings.json');
    const text = '{"theme":"light","language":"tlh"}';
    writeFileSync(path, text);
    // In the way of the copy, and of nothing else.
    mkdirSync(`${path}.broken.new`);
    const { settings, log } = open();
    const refused = () => settings.write({ interval: '1h' });
    expect(refused).toThrow(expect.objectContaining({ code: 'settings.unwritable' }));
    const between = readFileSync(path, 'utf8');
    rmSync(`${path}.broken.new`, { recursive: true });
    settings.write({ interval: '1h' });
    expect([
      between,
      readFileSync(`${path}.broken`, 'utf8'),
      open().settings.read(),
      log.entries.map(({ code, details }) => [code, details['file']]),
    ]).toEqual([
      text,
      text,
      { ...defaults, theme: 'light', interval: '1h' },
      [
        ['settings.unwritable', path],
        ['settings.partly', path],
        ['settings.partly', `${path}.broken`],
      ],
    ]);
  });

  test('of a language nobody speaks here: the system’s, said, and everything else kept', () => {
    writeFileSync(join(folder, 'settings.json'), '{"language":"tlh","theme":"light"}');
    const { settings, log } = open();
    expect([settings.read(), log.entries.map(({ code, details }) => [code, details['keys']])]).toEqual([
      { ...defaults, theme: 'light' },
      [['settings.partly', 'language']],
    ]);
  });

  test('of a section lose the one field that makes no sense, and gain those an older version did not know', () => {
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({
        alarms: { errors: 7, inactiveMs: 'soon' },
        connections: { staleAfterMs: 1e9, heartbeatMs: 2000, venueStaleAfterMs: { binance: 60_000 } },
        rates: 'fast',
      }),
    );
    const { settings, log } = open();
    expect([settings.read(), log.entries.map(({ details }) => details['keys'])]).toEqual([
      {
        ...defaults,
        alarms: { ...defaults.alarms, errors: 7 },
        connections: { ...defaults.connections, heartbeatMs: 2000 },
      },
      ['alarms.inactiveMs, connections.staleAfterMs, connections.venueStaleAfterMs, rates'],
    ]);
  });

  test('of a newer version: what is understood holds, the rest is named, and the file is kept', () => {
    const text = '{"version":99,"theme":"light","hologram":{"depth":3}}';
    writeFileSync(join(folder, 'settings.json'), text);
    const { settings, log } = open();
    expect([
      settings.read(),
      log.entries.map(({ code, details }) => [code, details['keys']]),
      readFileSync(join(folder, 'settings.json.broken'), 'utf8'),
    ]).toEqual([{ ...defaults, theme: 'light' }, [['settings.newer', 'hologram']], text]);
  });

  test('of a newer version that says nothing new are used whole, and that is said', () => {
    writeFileSync(join(folder, 'settings.json'), '{"version":99,"theme":"light"}');
    const { settings, log } = open();
    expect([settings.read().theme, log.entries.map(({ code }) => code)]).toEqual([
      'light',
      ['settings.newer-whole'],
    ]);
  });

  test('name strange keys without what would turn the line around', () => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ 'a\u202Eb\n<b>': 1, __proto__x: 2 }));
    expect(open().log.entries.map(({ details }) => details['keys'])).toEqual(['ab<b>, __proto__x']);
  });

  test('read a file saved with a byte order mark, as some editors do', () => {
    writeFileSync(join(folder, 'settings.json'), `\uFEFF{"theme":"light"}`);
    expect(open().settings.read().theme).toBe('light');
  });

  test('keep what is in force when a change is not valid', () => {
    const { settings } = open();
    expect(() => settings.write({ theme: 'pink' as 'dark' })).toThrow();
    expect([settings.read(), existsSync(join(folder, 'settings.json'))]).toEqual([defaults, false]);
  });

  test('name the folder that cannot be written to', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    expect(() => openDataFolder(join(blocked, 'inside'))).toThrow(
      expect.objectContaining({ code: 'data-folder.unwritable' }),
    );
  });
});

describe('how orders are given', () => {
  const file = () => join(folder, 'settings.json');
  const safe = defaults.trading;

  test('a file from before there were orders has the safe defaults, and nothing of it is lost', () => {
    writeFileSync(file(), '{"theme":"light"}');
    const { settings, log } = open();
    expect([
      settings.read().trading,
      settings.read().theme,
      log.entries,
      existsSync(`${file()}.broken`),
    ]).toEqual([safe, 'light', [], false]);
  });

  test.each<[string, unknown]>([
    ['no object', 'on'],
    ['half of it', { mainnet: true }],
    ['real money as a word', { ...safe, mainnet: 'true' }],
    [
      'a collar nobody would want',
      { ...safe, mainnet: true, limits: { ...safe.limits, collarPercent: 100 } },
    ],
    [
      'a limit below nothing',
      { ...safe, mainnet: true, limits: { ...safe.limits, maxNotional: { USDT: -1, KRW: 1 } } },
    ],
    ['no number', { ...safe, mainnet: true, limits: { ...safe.limits, ordersPer10s: null } }],
    ['a limit nobody knows', { ...safe, mainnet: true, venues: { bybit: { maxLoss: 5 } } }],
    [
      'half a sum of money',
      { ...safe, mainnet: true, accounts: { 'bybit#aaaaaa': { maxNotional: { USDT: 5 } } } },
    ],
    ['a key of another version', { ...safe, mainnet: true, autopilot: true }],
    [
      'venues without end',
      {
        ...safe,
        mainnet: true,
        venues: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`v${at}`, {}])),
      },
    ],
  ])(
    'a hand’s mistake (%s) brings back all the safe defaults, real money off, and is kept beside',
    (_what, trading) => {
      writeFileSync(file(), JSON.stringify({ theme: 'light', trading }));
      const { settings, log } = open();
      expect([settings.read(), log.entries.map(({ code }) => code), existsSync(`${file()}.broken`)]).toEqual([
        { ...defaults, theme: 'light' },
        ['settings.partly'],
        true,
      ]);
    },
  );

  test('limits of nothing, and of one venue or account alone, are limits', () => {
    const trading = {
      ...safe,
      limits: { ...safe.limits, maxNotional: { USDT: 0, KRW: 0 } },
      venues: { bybit: { collarPercent: 1 } },
      accounts: { 'bybit#aaaaaa': { ordersPer10s: 1 } },
    };
    open().settings.write({ trading });
    const { settings } = open();
    expect([
      settings.read().trading,
      limitsFor(settings.read().trading, accountId('bybit#aaaaaa'), venueId('bybit')),
    ]).toEqual([
      trading,
      { ...safe.limits, maxNotional: { USDT: 0, KRW: 0 }, collarPercent: 1, ordersPer10s: 1 },
    ]);
  });

  test('what a window may write is held to the same', () => {
    const { settings } = open();
    const wild = { ...safe, limits: { ...safe.limits, slippagePercent: 50 } };
    expect(() => settings.write({ trading: wild })).toThrow();
    expect(settings.read().trading).toEqual(safe);
  });
});
