import { expect, test } from 'vitest';
import { defaultFolders } from './default-folders.ts';

test('each system has its own place for settings', () => {
  const environment = { XDG_CONFIG_HOME: '/x', APPDATA: 'C:\\a' };
  expect([
    defaultFolders(environment, '/h', 'linux'),
    defaultFolders({}, '/h', 'linux'),
    defaultFolders({}, '/h', 'darwin'),
    defaultFolders(environment, 'C:\\h', 'win32'),
    defaultFolders({}, 'C:\\h', 'win32'),
  ]).toEqual([
    { headless: '/x/heartline/headless', desktop: '/x/Heartline' },
    { headless: '/h/.config/heartline/headless', desktop: '/h/.config/Heartline' },
    {
      headless: '/h/Library/Application Support/Heartline/headless',
      desktop: '/h/Library/Application Support/Heartline',
    },
    { headless: 'C:\\a\\Heartline\\headless', desktop: 'C:\\a\\Heartline' },
    {
      headless: 'C:\\h\\AppData\\Roaming\\Heartline\\headless',
      desktop: 'C:\\h\\AppData\\Roaming\\Heartline',
    },
  ]);
});
