import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a person's settings live when nobody says otherwise, by the habit of each system. */
export function defaultDataDir(environment: NodeJS.ProcessEnv, platform = process.platform): string {
  switch (platform) {
    case 'win32':
      return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Heartline', 'headless');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Heartline', 'headless');
    default:
      return join(environment.XDG_CONFIG_HOME || join(homedir(), '.config'), 'heartline', 'headless');
  }
}
