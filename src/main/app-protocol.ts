import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { protocol } from 'electron';
import { HeartlineError } from '#shared/base/errors.ts';
import { mediaTypeOf, strictHeaders } from '#shared/base/page-serving.ts';

const SCHEME = 'app';
export const APP_ORIGIN = `${SCHEME}://heartline`;
export const APP_URL = `${APP_ORIGIN}/`;
/** The nearly empty page of a pop-out window: what is in it, the desk's page draws. */
export const POPOUT_URL = `${APP_ORIGIN}/popout.html`;

const STRICT_HEADERS = strictHeaders('none');

/** Must run before Electron is ready. `standard` gives the page an origin, `secure` a trustworthy one. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * Serves the built window at `app://heartline/`. Only files that were listed at the start can be asked for,
 * so no path can lead out of the folder. Throws `HeartlineError('renderer.not-built')`.
 */
export function serveApp(folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new HeartlineError('renderer.not-built', 'the window is not built yet: run `npm run build` first', {
      details: { folder },
    });
  }
  const files = new Map<string, string>(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => [`/${name.split(sep).join('/')}`, join(folder, name)] as const,
    ),
  );
  protocol.handle(SCHEME, async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = `${SCHEME}://${host}` === APP_ORIGIN && method === 'GET' ? files.get(path) : undefined;
    const type = mediaTypeOf(path);
    if (file === undefined || type === undefined) return answer(404, 'text/plain', 'There is nothing here.');
    return answer(200, type, new Uint8Array(await readFile(file)));
  });
}

function answer(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...STRICT_HEADERS, 'Content-Type': type } });
}
