import { Menu } from 'electron';

/** macOS needs a menu for quitting, copying and pasting; elsewhere the window has everything itself. */
export function setMenu(platform = process.platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
}
