import type { BrowserWindow } from 'electron';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import { shellText } from './shell-text.ts';

/**
 * The page writes the window's title. While it does not answer, its last title would stand there as if it were now: then the
 * shell says so, and gives the page's own words back when it answers again.
 */
export function sayWhenHung(window: BrowserWindow, language: () => ShellLanguage): void {
  window.on('unresponsive', () => window.setTitle(`▲ ${shellText[language()].hung} · Heartline`));
  window.on('responsive', () => window.setTitle(window.webContents.getTitle()));
}
