import { app } from 'electron';
import { showWindow } from './main-window.ts';

/** One instance per data folder: a second start brings the first one's window to the front and ends. */
export function claimSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}
