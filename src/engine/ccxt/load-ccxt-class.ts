import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { HeartlineError } from '#shared/base/errors.ts';

/**
 * One class of ccxt by its id (`upbit`), without the hundred others: a fifth of a second and 30 MB instead of half a
 * second and 86 MB; each further class costs 2 MB. ccxt exports its whole only, so the file beside it is named by its
 * path: the exact version is pinned, and whoever adds an exchange loads the very same modules. Throws
 * `venue.load-failed`.
 */
export async function loadCcxtClass(id: string): Promise<new (config: object) => unknown> {
  try {
    // For `require` ccxt names its bundle in `dist`, beside the modules in `js`.
    const bundle = pathToFileURL(createRequire(import.meta.url).resolve('ccxt'));
    const module: { readonly default: new (config: object) => unknown } = await import(
      /* @vite-ignore */ new URL(`../js/src/${id}.js`, bundle).href
    );
    return module.default;
  } catch (fault) {
    throw new HeartlineError('venue.load-failed', `ccxt's ${id} cannot be loaded`, { cause: fault });
  }
}
