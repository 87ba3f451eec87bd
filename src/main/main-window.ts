import { BrowserWindow } from 'electron';

/** Their own page shows parts of the desk outside of it; they live and end with the desk's window. */
const popouts = new WeakSet<BrowserWindow>();

/** From then on this window is a pop-out, and never taken for the desk's own. */
export function markPopout(window: BrowserWindow): void {
  popouts.add(window);
}

/** The desk's own window: not one of its pop-outs, whichever of them the system lists first. */
export function mainWindow(): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows().find((window) => !popouts.has(window));
}

export function popoutWindows(): readonly BrowserWindow[] {
  return BrowserWindow.getAllWindows().filter((window) => popouts.has(window));
}

/** Brings the desk to the front, wherever it is. */
export function showWindow(): void {
  const window = mainWindow();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Where a dialog belongs: the window in front, if it is one of ours, so that no question opens behind what is looked at. */
export function frontWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? mainWindow();
}
