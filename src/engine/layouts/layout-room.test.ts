import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrangement } from '#shared/contract/layout-api.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../health/event-log.ts';
import { createLayoutRoom } from './layout-room.ts';

const ARRANGEMENT: Arrangement = {
  dock: { grid: { width: 1 }, panels: {} },
  links: { amber: instrumentId('upbit:BTC-KRW') },
};
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heartline-layouts-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function open() {
  const log = createEventLog(createVirtualClock());
  const { requests } = createLayoutRoom(dataDir, log);
  return { requests, codes: () => log.entries.map(({ code }) => code) };
}

describe('the layouts on disk', () => {
  it('come back after a restart: how the desk stood, its name, and what was saved', async () => {
    const first = open().requests;
    await first['layouts.keep']({ current: 'mine', arrangement: ARRANGEMENT });
    await first['layouts.save']({ name: 'mine', arrangement: ARRANGEMENT });
    await first['layouts.save']({ name: 'other', arrangement: ARRANGEMENT });
    await first['layouts.rename']({ from: 'mine', to: 'night' });
    await first['layouts.remove']({ name: 'other' });
    expect(await open().requests['layouts.read']({})).toEqual({
      document: {
        version: 1,
        current: 'night',
        working: ARRANGEMENT,
        saved: [{ name: 'night', arrangement: ARRANGEMENT }],
      },
    });
  });

  it.each([
    ['not JSON', '{"version":1,'],
    ['an array', '[]'],
    ['another version', '{"version":2,"current":"","working":null,"saved":[]}'],
    [
      'a name twice',
      JSON.stringify({
        version: 1,
        current: '',
        working: null,
        saved: [1, 2].map(() => ({ name: 'x', arrangement: { dock: {}, links: {} } })),
      }),
    ],
    [
      'an instrument that is none',
      JSON.stringify({
        version: 1,
        current: '',
        working: { dock: {}, links: { amber: '<b>' } },
        saved: [],
      }),
    ],
  ])('a file that is %s is set aside and said, and the desk begins with its own', async (_, text) => {
    writeFileSync(join(dataDir, 'layouts.json'), text);
    const { requests, codes } = open();
    const aside = join(dataDir, 'layouts.json.broken');
    expect({
      kept: await requests['layouts.read']({}),
      codes: codes(),
      aside: readFileSync(aside, 'utf8') === text,
    }).toEqual({
      kept: { document: { version: 1, current: '', working: null, saved: [] }, brokenFile: aside },
      codes: ['layouts.broken'],
      aside: true,
    });
  });

  it('a second file that makes no sense is set aside beside the first one, which stays', async () => {
    const aside: unknown[] = [];
    for (const text of ['{"version":1,', '[]']) {
      writeFileSync(join(dataDir, 'layouts.json'), text);
      aside.push((await open().requests['layouts.read']({})).brokenFile);
    }
    const places = ['broken', 'broken-2'].map((end) => join(dataDir, `layouts.json.${end}`));
    expect([aside, places.map((place) => readFileSync(place, 'utf8'))]).toEqual([
      places,
      ['{"version":1,', '[]'],
    ]);
  });

  it('what cannot be read is said, and is set aside with a word before the desk is kept in its place', async () => {
    const path = join(dataDir, 'layouts.json');
    mkdirSync(path);
    const { requests, codes } = open();
    const { brokenFile } = await requests['layouts.read']({});
    await requests['layouts.keep']({ current: 'mine', arrangement: null });
    expect([brokenFile, codes(), existsSync(`${path}.broken`)]).toEqual([
      path,
      ['layouts.unreadable', 'layouts.broken'],
      true,
    ]);
  });

  it('refuses what would lose something: a fifty-first layout, a name that is taken, one that is gone', async () => {
    const { requests } = open();
    for (let at = 0; at < 50; at += 1)
      await requests['layouts.save']({ name: `layout ${at}`, arrangement: ARRANGEMENT });
    const refused = async (work: () => unknown) => {
      try {
        await work();
        return 'done';
      } catch (fault) {
        return (fault as { code: string }).code;
      }
    };
    expect([
      await refused(() => requests['layouts.save']({ name: 'one more', arrangement: ARRANGEMENT })),
      await refused(() => requests['layouts.save']({ name: 'layout 3', arrangement: ARRANGEMENT })),
      await refused(() => requests['layouts.rename']({ from: 'layout 3', to: 'layout 4' })),
      await refused(() => requests['layouts.rename']({ from: 'nobody', to: 'x' })),
    ]).toEqual(['layouts.full', 'done', 'layouts.taken', 'layouts.unknown']);
  });

  it('keeps what it had where the folder takes nothing more', async () => {
    const { requests } = open();
    await requests['layouts.keep']({ current: 'before', arrangement: ARRANGEMENT });
    rmSync(dataDir, { recursive: true });
    const attempt = async () => requests['layouts.keep']({ current: 'after', arrangement: null });
    await expect(attempt()).rejects.toMatchObject({ code: 'layouts.unwritable' });
    expect((await requests['layouts.read']({})).document.current).toBe('before');
    expect(existsSync(dataDir)).toBe(false);
  });
});
