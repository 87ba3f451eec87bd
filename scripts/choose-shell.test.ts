import { expect, test } from 'vitest';
import type { Surroundings, Wish } from './choose-shell.ts';
import { chooseShell } from './choose-shell.ts';

const present = { kind: 'present', executable: '/electron' } as const;
const absent = { kind: 'absent', reason: 'the Electron runtime is not installed' } as const;

/** A person's Linux desk with everything on it, but for what a test takes away. */
async function choose(wish: Wish, around: Partial<Surroundings> = {}) {
  let fetches = 0;
  const choice = await chooseShell(wish, {
    environment: { DISPLAY: ':0' },
    platform: 'linux',
    electron: () => present,
    ...around,
    fetchElectron: () => {
      fetches += 1;
      return around.fetchElectron?.() ?? Promise.resolve('no network');
    },
  });
  return { ...choice, fetches };
}

test('where the runtime and a display are, it is the desktop app', async () => {
  expect(await choose('either')).toEqual({ kind: 'desktop', executable: '/electron', fetches: 0 });
  expect(await choose('either', { environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toMatchObject({
    kind: 'desktop',
  });
  expect(await choose('either', { environment: {}, platform: 'darwin' })).toMatchObject({ kind: 'desktop' });
});

test('without a display, or on a CI machine, it is the headless host, says why and fetches nothing', async () => {
  const electron = () => absent;
  expect([
    await choose('either', { environment: {}, electron }),
    await choose('either', { environment: { DISPLAY: ':0', CI: 'true' }, electron }),
  ]).toEqual([
    { kind: 'headless', reason: 'there is no display here', fetches: 0 },
    { kind: 'headless', reason: 'this is a CI machine', fetches: 0 },
  ]);
  expect(await choose('either', { environment: { DISPLAY: ':0', CI: 'false' } })).toMatchObject({
    kind: 'desktop',
  });
});

test('a missing runtime is fetched once, and its failure is the reason', async () => {
  const answers = [absent, present];
  expect([
    await choose('either', {
      electron: () => answers.shift() ?? absent,
      fetchElectron: async () => undefined,
    }),
    await choose('either', { electron: () => absent }),
    await choose('either', { electron: () => absent, fetchElectron: async () => undefined }),
  ]).toEqual([
    { kind: 'desktop', executable: '/electron', fetches: 1 },
    { kind: 'headless', reason: 'no network', fetches: 1 },
    { kind: 'headless', reason: absent.reason, fetches: 1 },
  ]);
});

test('asked for by name, the desktop app is never replaced', async () => {
  expect([
    await choose('desktop', { environment: {} }),
    await choose('desktop', { electron: () => absent }),
    await choose('desktop', { environment: { DISPLAY: ':0', CI: '1' } }),
  ]).toEqual([
    { kind: 'impossible', reason: 'there is no display here', fetches: 0 },
    { kind: 'impossible', reason: 'no network', fetches: 1 },
    { kind: 'desktop', executable: '/electron', fetches: 0 },
  ]);
});

test('asked for by name, the headless host looks at nothing and gives no reason', async () => {
  expect(await choose('headless', { electron: () => absent })).toEqual({ kind: 'headless', fetches: 0 });
});
