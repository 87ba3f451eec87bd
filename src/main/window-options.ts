import { nativeTheme, type WebPreferences } from 'electron';

/** What every page of ours may do: nothing beyond what a page can. */
export const HARDENED = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  // A watched market must not slow down because another window covers it.
  backgroundThrottling: false,
} as const satisfies WebPreferences;

/** The colour of the page's own ground, so that nothing flashes before the first picture. */
export function groundColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#0e1116' : '#e7ebf0';
}
