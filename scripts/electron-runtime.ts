import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the Electron program is, or the sentence that says why it cannot be run here. */
export type ElectronRuntime =
  | { readonly kind: 'present'; readonly executable: string }
  | { readonly kind: 'absent'; readonly reason: string };

/**
 * Looks, and never downloads: the `electron` package fetches its program on first use, and merely
 * asking it for its path would start that.
 */
export function findElectron(project: string): ElectronRuntime {
  const home = join(project, 'node_modules', 'electron');
  const pathFile = join(home, 'path.txt');
  const ownBuild = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  // Written last: without it the download was cut short, and what lies there would end at once.
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : ownBuild && 'electron';
  const executable = named && join(ownBuild ?? join(home, 'dist'), named);
  if (!executable || !existsSync(executable)) {
    return {
      kind: 'absent',
      reason:
        'the Electron runtime is not installed (run `npx install-electron` where the network allows it)',
    };
  }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return {
      kind: 'absent',
      reason: 'there is no display (DISPLAY and WAYLAND_DISPLAY are unset; try `xvfb-run -a`)',
    };
  }
  return { kind: 'present', executable };
}
