import type { BrowserWindow } from 'electron';
import type { Engine } from '#engine/engine.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import { createAttention } from './attention.ts';
import { watchDesk } from './desk-watch.ts';
import type { KillShortcut } from './kill-shortcut.ts';
import type { Log } from './log.ts';
import { openTray } from './tray.ts';

const LOOK_EVERY_MS = 1_000;

export interface StatusOptions {
  readonly clock: Clock;
  readonly engine: Pick<Engine, 'api' | 'tradingState'>;
  readonly kill: (from: string) => void;
  readonly show: () => void;
  readonly shortcut: Pick<KillShortcut, 'shown' | 'isOurs'>;
  readonly language: () => ShellLanguage;
  readonly log: Log;
  /** The desk's own window. */
  readonly window: () => BrowserWindow | undefined;
  readonly platform?: NodeJS.Platform;
}

/** Worst health, open profit and what wants a person, told outside of the window once a second: tray, badge, flashing. */
export function openStatus(options: StatusOptions): Undo {
  const desk = watchDesk(options);
  const tray = openTray(options);
  const attention = createAttention(options);
  const look = () => {
    const summary = desk.summary();
    tray?.tell(summary, desk.mayShowPnl());
    attention.tell(summary);
  };
  look();
  const stop = options.clock.every(LOOK_EVERY_MS, look);
  return () => {
    stop();
    tray?.dispose();
    desk.dispose();
  };
}
