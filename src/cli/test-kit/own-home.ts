import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultFolders } from '#shared/base/default-folders.ts';

/** A home of a test's own, so that what the person at this machine keeps in theirs is not looked at. */
export function ownHome() {
  const home = mkdtempSync(join(tmpdir(), 'heartline-home-'));
  const environment = { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home, XDG_CONFIG_HOME: '' };
  const { headless } = defaultFolders(environment, home, process.platform);
  mkdirSync(headless, { recursive: true });
  return {
    environment,
    /** Where a headless host keeps its things there. */
    headless,
    dispose: () => rmSync(home, { recursive: true, force: true }),
  };
}
