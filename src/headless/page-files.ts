import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { HeartlineError } from '#shared/base/errors.ts';
import { mediaTypeOf } from '#shared/base/page-serving.ts';

export interface PageFile {
  readonly type: string;
  /** The build puts a hash into the names of what lies in `assets/`: such a file never changes. */
  readonly immutable: boolean;
  read(): Buffer;
}

/** URL path → file. Only what is listed here can ever be served, so no path can lead out of the folder. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Every file of the built window. Throws `HeartlineError('renderer.not-built')`. */
export function listPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new HeartlineError('renderer.not-built', 'the window is not built yet: run `npm run build` first', {
      details: { folder },
    });
  }
  return listFolder(folder);
}

/** The page that asks for a login link. From here and from `out/main`, where this is part of a bundle, it lies equally far. */
export function listLoginFiles(): PageFiles {
  return listFolder(join(import.meta.dirname, '..', '..', 'src', 'headless', 'login-page'));
}

function listFolder(folder: string): PageFiles {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names.flatMap((name) => {
      const type = mediaTypeOf(name);
      if (type === undefined) return [];
      const path = `/${name.split(sep).join('/')}`;
      const immutable = path.startsWith('/assets/');
      return [[path, { type, immutable, read: () => readFileSync(join(folder, name)) }] as const];
    }),
  );
}
