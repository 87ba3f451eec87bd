import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Settings } from '#shared/contract/settings.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { defaultSettings } from './default-settings.ts';
import { createEventLog } from './health/event-log.ts';
import { openDataFolder, openSettings } from './settings.ts';

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
