import { app, Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import { cleanText } from '#shared/base/clean-text.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { messageOf } from '#shared/base/errors.ts';
import type { DeskSummary } from '#shared/domain/desk-summary.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import { pnlLine, venueLines, worstLine } from '#shared/domain/summary-text.ts';
import { summaryWords } from '#shared/domain/summary-words.ts';
import { healthIcon, type IconGround } from './health-icon.ts';
import type { KillShortcut } from './kill-shortcut.ts';
import type { Log } from './log.ts';
import { shellText } from './shell-text.ts';

/** A figure in the menu is renewed so often while nothing else changes: a menu that is made anew closes under the hand that uses it. */
const RENEW_MENU_MS = 60_000;

export interface TrayOptions {
  readonly kill: (from: string) => void;
  readonly show: () => void;
  readonly shortcut: Pick<KillShortcut, 'shown' | 'isOurs'>;
  readonly language: () => ShellLanguage;
  readonly log: Log;
  readonly platform?: NodeJS.Platform;
}

export interface HealthTray {
  /** At most once a second. */
  tell(summary: DeskSummary, mayShowPnl: boolean): void;
  readonly dispose: Undo;
}

/**
 * Health and kill switch beside the system's clock: they need no window that answers. The tooltip counts on by itself; the
 * menu says since when instead of how long, and is made anew only when what it says has changed. `undefined`: this desktop
 * has no place for one.
 */
export function openTray(options: TrayOptions): HealthTray | undefined {
  const { log, platform = process.platform } = options;
  let tray: Tray;
  let worst: HealthKind = 'connecting';
  const ground = (): IconGround =>
    platform === 'darwin' ? 'template' : nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  try {
    tray = new Tray(healthIcon(worst, ground()));
  } catch (fault) {
    log.error(`there is no tray: ${messageOf(fault)}`);
    return undefined;
  }
  let shownTip: string | undefined;
  let shownMenu: string | undefined;
  let menuMadeAt = Number.NEGATIVE_INFINITY;
  const drawIcon = () => tray.setImage(healthIcon(worst, ground()));
  nativeTheme.on('updated', drawIcon);
  tray.on('click', options.show);

  function stateLines({ trading, alarms }: DeskSummary, language: ShellLanguage): string[] {
    const text = shellText[language];
    const words = summaryWords[language];
    return [
      trading.halted
        ? text.halted
        : trading.armed.length > 0
          ? text.armed(trading.armed.map((name) => cleanText(name)).join(', '))
          : text.disarmed,
      ...(trading.unknown > 0 ? [words.unknown(trading.unknown)] : []),
      ...(alarms.active > 0 ? [words.alarms(alarms.active)] : []),
    ];
  }

  return {
    tell(summary, mayShowPnl) {
      if (summary.worst !== worst) {
        worst = summary.worst;
        drawIcon();
      }
      const language = options.language();
      const words = summaryWords[language];
      const state = stateLines(summary, language);
      const first = worstLine(summary, language);
      const venues = venueLines(summary, language, clockText);
      const profit = mayShowPnl ? pnlLine(summary, language) : undefined;
      const profitNow = profit === undefined ? [] : [`${words.openPnl}: ${profit}`];
      const tip = ['Heartline', first.text, ...profitNow, ...state, ...venues.map(({ text }) => text)].join(
        '\n',
      );
      if (tip !== shownTip) tray.setToolTip(tip);
      shownTip = tip;

      // What the profit is counts on in the menu only now and then, with its time; that it is no longer known, at once.
      const profitKinds = mayShowPnl ? summary.pnl.map(({ kind, currency }) => `${kind} ${currency}`) : [];
      const steady = [first.steady, ...state, ...venues.map((line) => line.steady)];
      const now = [...steady, ...profitKinds].join('\n');
      const isOld = profit !== undefined && summary.now - menuMadeAt >= RENEW_MENU_MS;
      if (now === shownMenu && !isOld) return;
      shownMenu = now;
      menuMadeAt = summary.now;
      const inMenu = mayShowPnl ? pnlLine(summary, language, false) : undefined;
      const dated =
        inMenu === undefined ? [] : [`${words.openPnl}: ${inMenu} · ${words.asOf(clockText(summary.now))}`];
      tray.setContextMenu(Menu.buildFromTemplate(menuOf(first.steady, dated, state, venues, options)));
    },
    dispose() {
      nativeTheme.off('updated', drawIcon);
      tray.destroy();
    },
  };
}

function menuOf(
  first: string,
  profit: readonly string[],
  state: readonly string[],
  venues: readonly { readonly steady: string }[],
  { language, kill, shortcut, show }: TrayOptions,
): MenuItemConstructorOptions[] {
  const text = shellText[language()];
  const said = (label: string) => ({ label, enabled: false });
  return [
    said('Heartline'),
    said(first),
    ...profit.map(said),
    ...state.map(said),
    ...(venues.length > 0 ? [{ type: 'separator' } as const] : []),
    ...venues.map(({ steady }) => said(steady)),
    { type: 'separator' },
    {
      label: text.kill,
      click: () => kill('tray'),
      // Shown beside the words; it is the system that listens for it.
      ...(shortcut.isOurs && { accelerator: shortcut.shown, registerAccelerator: false }),
    },
    ...(shortcut.isOurs ? [] : [said(text.shortcutTaken(shortcut.shown))]),
    { type: 'separator' },
    { label: text.show, click: show },
    { label: text.quit, click: () => app.quit() },
  ];
}

/** `14:02:11`, by this machine's clock. */
function clockText(time: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium' }).format(time);
}
