import { app, type BrowserWindow } from 'electron';
import { messageOf } from '#shared/base/errors.ts';
import type { DeskSummary } from '#shared/domain/desk-summary.ts';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import { wantedCount, worstLine } from '#shared/domain/summary-text.ts';
import { summaryWords } from '#shared/domain/summary-words.ts';
import { healthIcon } from './health-icon.ts';
import type { Log } from './log.ts';

export interface AttentionOptions {
  readonly language: () => ShellLanguage;
  readonly log: Log;
  readonly window: () => BrowserWindow | undefined;
  readonly platform?: NodeJS.Platform;
}

/**
 * How the shell asks for a person without words: the badge counts what wants one (a number on the dock and on Linux launchers,
 * on Windows the worst health's shape over the task bar's icon, with its words for a screen reader), and the window's entry
 * flashes when an alarm that touches money is raised while nobody looks. It makes no notification: the page does, which knows
 * the person's words and opens the right view.
 */
export function createAttention({ language, log, window, platform = process.platform }: AttentionOptions) {
  let shown: string | undefined;
  let touchingMoney = 0;

  function badge(summary: DeskSummary): void {
    const count = wantedCount(summary);
    const now = platform === 'win32' ? `${count} ${summary.worst} ${language()}` : String(count);
    const desk = window();
    // The picture is laid over a window's entry: before there is one it would be forgotten.
    if (now === shown || (platform === 'win32' && desk === undefined)) return;
    shown = now;
    try {
      if (platform !== 'win32') {
        app.setBadgeCount(count);
        return;
      }
      const isCalm = count === 0 && summary.worst === 'live';
      const words = summaryWords[language()];
      const said = [
        worstLine(summary, language()).steady,
        ...(summary.trading.unknown > 0 ? [words.unknown(summary.trading.unknown)] : []),
        ...(summary.alarms.active > 0 ? [words.alarms(summary.alarms.active)] : []),
      ].join(' · ');
      desk?.setOverlayIcon(isCalm ? null : healthIcon(summary.worst, 'dark'), isCalm ? '' : said);
    } catch (fault) {
      log.error(`there is no badge: ${messageOf(fault)}`);
    }
  }

  return {
    /** At most once a second. */
    tell(summary: DeskSummary): void {
      badge(summary);
      const isNew = summary.alarms.touchingMoney > touchingMoney;
      touchingMoney = summary.alarms.touchingMoney;
      const desk = window();
      if (!isNew || desk === undefined || desk.isDestroyed() || desk.isFocused()) return;
      desk.flashFrame(true);
      // It stops by itself only on some systems.
      desk.once('focus', () => desk.flashFrame(false));
      if (platform === 'darwin') app.dock?.bounce('critical');
    },
  };
}
