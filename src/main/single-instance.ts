import { app, BrowserWindow } from 'electron';

/** One instance per data folder: a second start brings the first one's window to the front and ends. */
export function claimSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}

/** Brings the window to the front, wherever it is. */
export function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
