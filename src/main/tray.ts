import { app, Menu, nativeImage, Tray } from 'electron';
import type { Engine } from '#engine/engine.ts';
import { cleanText } from '#shared/base/clean-text.ts';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { KillShortcut } from './kill-shortcut.ts';
import type { Log } from './log.ts';
import { shellText } from './shell-text.ts';

const LOOK_EVERY_MS = 1000;
/** What trays of every system take; a larger picture would be cut or squeezed. */
const ICON_PX = 18;

export interface TrayOptions {
  readonly icon: string;
  readonly clock: Clock;
  readonly engine: Pick<Engine, 'tradingState'>;
  readonly kill: (from: string) => void;
  readonly show: () => void;
  readonly shortcut: Pick<KillShortcut, 'shown' | 'isOurs'>;
  readonly language: ShellLanguage;
  readonly log: Log;
}

/** The kill switch beside the system's clock: it needs no window that answers. Its words are those of the last second. */
export function openTray(options: TrayOptions): Undo {
  const { engine, log } = options;
  const text = shellText[options.language];
  let tray: Tray;
  try {
    tray = new Tray(nativeImage.createFromPath(options.icon).resize({ width: ICON_PX, height: ICON_PX }));
  } catch (fault) {
    // Some desktops have no place for one.
    log.error(`there is no tray: ${messageOf(fault)}`);
    return () => undefined;
  }
  let shown: string | undefined;

  function refresh(): void {
    const { halted, armed, unknown } = engine.tradingState();
    const state = [
      halted
        ? text.halted
        : armed.length > 0
          ? text.armed(armed.map((name) => cleanText(name)).join(', '))
          : text.disarmed,
      ...(unknown > 0 ? [text.unknown(unknown)] : []),
    ];
    const now = state.join('\n');
    // A menu that is made anew closes under the hand that is using it.
    if (now === shown) return;
    shown = now;
    tray.setToolTip(`Heartline\n${now}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Heartline', enabled: false },
        ...state.map((label) => ({ label, enabled: false })),
        { type: 'separator' },
        {
          label: text.kill,
          click: () => options.kill('tray'),
          // Shown beside the words; it is the system that listens for it.
          ...(options.shortcut.isOurs && {
            accelerator: options.shortcut.shown,
            registerAccelerator: false,
          }),
        },
        ...(options.shortcut.isOurs
          ? []
          : [{ label: text.shortcutTaken(options.shortcut.shown), enabled: false }]),
        { type: 'separator' },
        { label: text.show, click: options.show },
        { label: text.quit, click: () => app.quit() },
      ]),
    );
  }

  tray.on('click', options.show);
  refresh();
  const stop = options.clock.every(LOOK_EVERY_MS, refresh);
  return () => {
    stop();
    tray.destroy();
  };
}
