import { app, BrowserWindow, Menu, type MenuItemConstructorOptions, shell } from 'electron';
import type { ShellLanguage } from '#shared/domain/shell-words.ts';
import type { Log } from './log.ts';
import { popoutWindows, showWindow } from './main-window.ts';
import { type MenuWords, menuWords } from './menu-words.ts';

export interface MenuOptions {
  readonly language: () => ShellLanguage;
  readonly kill: (from: string) => void;
  readonly log: Pick<Log, 'file'>;
  /** Loading anew and the developer's tools: nobody else wants to lose a desk by a key. */
  readonly isDevelopment: boolean;
  readonly platform?: NodeJS.Platform;
}

/**
 * The menu: at the top of the screen on a Mac, elsewhere behind the Alt key. Its keys are ones no command of the page can
 * have (zoom, full screen, those of the Mac itself), so that none of them is pressed for two things. Nothing here closes
 * the desk by a key.
 */
export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

export function menuTemplate({
  language,
  kill,
  log,
  isDevelopment,
  platform = process.platform,
}: MenuOptions): MenuItemConstructorOptions[] {
  const words = menuWords[language()];
  const isMac = platform === 'darwin';
  const separator = { type: 'separator' } as const;
  return [
    ...(isMac ? [appPart(words), editPart(words)] : []),
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom', label: words.zoomReset, accelerator: 'CommandOrControl+0' },
        { role: 'zoomIn', label: words.zoomIn, accelerator: 'CommandOrControl+Plus' },
        { role: 'zoomOut', label: words.zoomOut, accelerator: 'CommandOrControl+-' },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen, accelerator: isMac ? 'Ctrl+Command+F' : 'F11' },
        ...(isDevelopment
          ? ([
              separator,
              { role: 'reload', label: words.reload, accelerator: 'CommandOrControl+R' },
              {
                role: 'toggleDevTools',
                label: words.tools,
                accelerator: isMac ? 'Alt+Command+I' : 'Ctrl+Shift+I',
              },
            ] satisfies MenuItemConstructorOptions[])
          : []),
      ],
    },
    {
      label: words.window,
      submenu: [
        {
          role: 'minimize',
          label: words.minimise,
          // Elsewhere the system has keys of its own for it, and ours may be a command's.
          ...(isMac ? { accelerator: 'Command+M' } : { registerAccelerator: false }),
        },
        {
          label: words.closePopout,
          click: closeFocusedPopout,
          // What closes the front window on a Mac; the desk itself is not closed by it.
          ...(isMac && { accelerator: 'Command+W' }),
        },
        separator,
        { label: words.desk, click: () => showWindow() },
      ],
    },
    {
      label: words.help,
      submenu: [
        { label: words.version(app.getVersion()), enabled: false },
        { label: words.openLog, click: () => shell.showItemInFolder(log.file) },
        separator,
        { label: words.kill, click: () => kill('menu') },
      ],
    },
  ];
}

function appPart(words: MenuWords): MenuItemConstructorOptions {
  return {
    label: 'Heartline',
    submenu: [
      { role: 'about', label: words.about },
      { type: 'separator' },
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      { type: 'separator' },
      { role: 'quit', label: words.quit },
    ],
  };
}

// A Mac copies and pastes by its menu. The page hears these keys first, and takes what is its own.
function editPart(words: MenuWords): MenuItemConstructorOptions {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      { type: 'separator' },
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  };
}

function closeFocusedPopout(): void {
  const front = BrowserWindow.getFocusedWindow();
  if (front && popoutWindows().includes(front)) front.close();
}
