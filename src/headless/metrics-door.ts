import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { GuessLock } from './guess-lock.ts';

const METRICS_TOKEN_FILE = 'metrics-token';

export type MetricsEntry =
  | { readonly kind: 'open' }
  /** Nobody said who they are. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly retryAfterMs: number };

/** Who may read the figures without a browser: whoever can read a file that only this user can read. */
export interface MetricsDoor {
  /** Judges an `Authorization` header. Wrong tokens count against the same lock as those of the login. */
  judge(authorization: string | undefined): MetricsEntry;
  /**
   * Writes the token where a scraper of this user finds it, readable by nobody else; gone again when disposed. Throws
   * `data-folder.unwritable`.
   */
  publish(dataDir: string): Disposable & { readonly file: string };
}

/** 256 bits, new with every start: never in an argument, an address or a log. */
export function createMetricsDoor(lock: GuessLock): MetricsDoor {
  const token = randomBytes(32).toString('base64url');
  const digest = sha256(token);
  return {
    judge(authorization) {
      if (authorization === undefined) return { kind: 'unknown' };
      const retryAfterMs = lock.lockedForMs();
      if (retryAfterMs > 0) return { kind: 'locked', retryAfterMs };
      // Whatever it is, it is compared: the time taken tells nothing, not even that it was no token at all.
      const asked = /^bearer +(\S+)$/iu.exec(authorization.trim())?.[1] ?? '';
      if (timingSafeEqual(sha256(asked), digest)) return { kind: 'open' };
      lock.wrong();
      return { kind: 'wrong' };
    },
    publish(dataDir) {
      const file = join(dataDir, METRICS_TOKEN_FILE);
      const draft = `${file}.${process.pid}`;
      const line = `${token}\n`;
      try {
        // Made anew and moved into place: whatever lay there before (another's file, a link) lends it no rights.
        rmSync(draft, { force: true });
        writeFileSync(draft, line, { mode: 0o600, flag: 'wx' });
        renameSync(draft, file);
      } catch (fault) {
        rmSync(draft, { force: true });
        throw new HeartlineError('data-folder.unwritable', `cannot write ${file}`, {
          cause: fault,
          details: { folder: dataDir, reason: messageOf(fault) },
        });
      }
      return {
        file,
        [Symbol.dispose]() {
          if (isStillOurs(file, line)) rmSync(file, { force: true });
        },
      };
    },
  };
}

function isStillOurs(file: string, line: string): boolean {
  try {
    return readFileSync(file, 'utf8') === line;
  } catch {
    return false; // gone already, which is what was wanted
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
