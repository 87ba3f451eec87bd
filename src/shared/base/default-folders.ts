/** Where Heartline keeps its things when nobody names a folder, by the habit of each system. */
export interface DefaultFolders {
  /** Of a headless host. */
  readonly headless: string;
  /** Of the desktop app, where Electron puts it. */
  readonly desktop: string;
}

/** `home`: the person's own folder; `platform` as Node names it. */
export function defaultFolders(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: string,
): DefaultFolders {
  switch (platform) {
    case 'win32': {
      const roaming = environment['APPDATA'] ?? `${home}\\AppData\\Roaming`;
      return { headless: `${roaming}\\Heartline\\headless`, desktop: `${roaming}\\Heartline` };
    }
    case 'darwin': {
      const support = `${home}/Library/Application Support`;
      return { headless: `${support}/Heartline/headless`, desktop: `${support}/Heartline` };
    }
    default: {
      const config = environment['XDG_CONFIG_HOME'] || `${home}/.config`;
      return { headless: `${config}/heartline/headless`, desktop: `${config}/Heartline` };
    }
  }
}
