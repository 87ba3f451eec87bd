import { expect, test, vi } from 'vitest';
import { menuTemplate } from './menu.ts';
import { BrowserWindow, type MenuItem } from './test-kit/electron-double.ts';

vi.mock('electron', () => import('./test-kit/electron-double.ts'));

const menu = (otherwise: Partial<Parameters<typeof menuTemplate>[0]> = {}) =>
  menuTemplate({
    language: () => 'en',
    kill: () => undefined,
    log: { file: 'desktop.log' },
    isDevelopment: false,
    platform: 'linux',
    ...otherwise,
  }) as unknown as readonly MenuItem[];
const items = (of: readonly MenuItem[]): MenuItem[] =>
  of.flatMap((item) => [item, ...items(item.submenu ?? [])]);

test.each(['linux', 'win32', 'darwin'] as const)(
  'its keys on %s are none a command of the page can have',
  (platform) => {
    const keys = items(menu({ platform, isDevelopment: true })).flatMap(
      ({ accelerator }) => accelerator ?? [],
    );
    const reserved = [
      'CommandOrControl+0',
      'CommandOrControl+Plus',
      'CommandOrControl+-',
      'CommandOrControl+R',
      ...(platform === 'darwin'
        ? ['Ctrl+Command+F', 'Alt+Command+I', 'Command+M', 'Command+W']
        : ['F11', 'Ctrl+Shift+I']),
    ];
    expect(keys.filter((key) => !reserved.includes(key))).toEqual([]);
  },
);

test('loading anew and the developer’s tools are there in development alone', () => {
  const roles = (isDevelopment: boolean) => items(menu({ isDevelopment })).map(({ role }) => role);
  expect(
    [roles(false), roles(true)].map((all) =>
      all.filter((role) => role === 'reload' || role === 'toggleDevTools'),
    ),
  ).toEqual([[], ['reload', 'toggleDevTools']]);
});

test('every item has words in both languages, and none a key that closes the desk', () => {
  const labels = (language: () => 'en' | 'ko') =>
    items(menu({ language, platform: 'darwin', isDevelopment: true })).map(({ label }) => label);
  const [english, korean] = [labels(() => 'en'), labels(() => 'ko')];
  expect(english.length).toBe(korean.length);
  expect(
    korean.filter((label) => label !== undefined && !/[가-힣]/.test(label) && !label.startsWith('Heartline')),
  ).toEqual([]);
  // On a Mac the front window's key closes a pop-out and nothing else.
  const close = items(menu({ platform: 'darwin' })).find(({ accelerator }) => accelerator === 'Command+W');
  const desk = new BrowserWindow({});
  BrowserWindow.focused = desk;
  close?.click?.();
  expect(BrowserWindow.all).toEqual([desk]);
});
