import { globalShortcut } from 'electron';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { Log } from './log.ts';

/** Four keys: nobody hits them by accident, and no common program uses them. */
const KILL_SHORTCUT = 'CommandOrControl+Alt+Shift+K';

export interface KillShortcut {
  /** As it stands on the person's keys: `Ctrl+Alt+Shift+K`. */
  readonly shown: string;
  /** False: another program has it, and somebody has to be told. */
  readonly isOurs: boolean;
  readonly release: Undo;
}

/** The kill switch on the keyboard, whichever program is in front. The app must be ready. */
export function claimKillShortcut(kill: () => void, log: Log, platform = process.platform): KillShortcut {
  const shown = KILL_SHORTCUT.replace('CommandOrControl', platform === 'darwin' ? 'Command' : 'Ctrl');
  let isOurs = false;
  try {
    isOurs = globalShortcut.register(KILL_SHORTCUT, kill);
    if (!isOurs) log.error(`the kill switch has no shortcut: ${shown} belongs to another program`);
  } catch (fault) {
    log.error(`the kill switch has no shortcut: ${messageOf(fault)}`);
  }
  return { shown, isOurs, release: () => isOurs && globalShortcut.unregister(KILL_SHORTCUT) };
}
