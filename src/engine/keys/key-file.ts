import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { account, venue } from '#shared/contract/fields.ts';
import { KEY_PLACES, type KeyPlace } from '#shared/contract/key-places.ts';
import { ENVIRONMENTS, type KeyRefusal } from '#shared/domain/account.ts';
import type { KeyRecord } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';
import { parseJson } from '../json-file.ts';
import { copyBeside, moveBeside } from '../keep-beside.ts';
import { writeDurably } from './write-durably.ts';

const right = z.enum(['yes', 'no', 'unknown']);
const REFUSALS = [
  'withdraw',
  'transfer',
  'no-read',
  'wrong-key',
  'wrong-secret',
  'wrong-environment',
  'expired',
  'address',
  'clock',
  'unreachable',
  'venue',
] as const satisfies readonly KeyRefusal[];
const kind = z.enum(KEY_PLACES);
const entrySchema = z.object({
  id: account,
  venue,
  environment: z.enum(ENVIRONMENTS),
  label: z.string().min(1).max(40),
  mode: z.enum(['read-only', 'trade']),
  rights: z.object({
    read: right,
    trade: right,
    withdraw: right,
    transfer: right,
    ipBound: right,
    expiresAt: z.number().optional(),
    checkedAt: z.number(),
  }),
  keyTail: z.string().max(4),
  addedAt: z.number(),
  refusal: z.enum(REFUSALS).optional(),
  /** Where its secret lies. */
  kept: kind,
});
/** A secret that has to go, or has no record yet: deleted as soon as its store opens. */
const owedSchema = z.object({ id: account, kept: kind });
const newerSchema = z.object({ version: z.number().min(2) });
const fileSchema = z.object({
  version: z.literal(1),
  backend: kind.optional(),
  accounts: z.array(z.unknown()),
  owed: z.array(owedSchema).optional(),
});

/** A record, and which store has its secret. */
export interface KeptRecord {
  readonly record: KeyRecord;
  readonly kept: KeyPlace;
}

/** What is remembered of keys. Not one secret: the last four characters of a key's public half, and no more. */
export interface KeyList {
  readonly backend: KeptRecord['kept'] | undefined;
  readonly entries: readonly KeptRecord[];
  readonly owed: readonly z.output<typeof owedSchema>[];
}

export interface KeyFile {
  read(): KeyList;
  /**
   * Throws `keys.unwritable` {file}, and `keys.unreadable` {file, reason} where there is a list nobody here could read; what
   * was held stays. Keys kept in memory are not written: they end with us.
   */
  write(change: Partial<KeyList>): void;
}

/**
 * `keys.json` of the data folder. One that is broken is set aside, an entry that makes no sense is left out, with the whole
 * kept beside: both are said. One of a newer Heartline, or that cannot be read just now, is none the worse for it: said, and
 * never written over.
 */
export function openKeyFile(dataDir: string, log: EventLog): KeyFile {
  const path = join(dataDir, 'keys.json');
  /** Why nothing may be written. */
  let unreadable: string | undefined;
  let held = load();
  /** What is on the disk. */
  let written = textOf(held);

  function load(): KeyList {
    const none: KeyList = { backend: undefined, entries: [], owed: [] };
    if (!existsSync(path)) return none;
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (fault) {
      return leave(messageOf(fault));
    }
    try {
      const value = parseJson(bytes.toString('utf8'));
      if (newerSchema.safeParse(value).success) return leave('a newer Heartline wrote it');
      const file = fileSchema.parse(value);
      const checked = file.accounts.map((entry) => entrySchema.safeParse(entry));
      const entries = checked.flatMap(({ data }) => (data ? [entryOf(data)] : []));
      const lost = checked.length - entries.length;
      if (lost > 0) {
        copyBeside(path, bytes);
        log.add('error', 'keys.partly', `${lost} accounts in ${path} make no sense`, { count: lost });
      }
      return { backend: file.backend, entries, owed: file.owed ?? [] };
    } catch (fault) {
      const file = moveBeside(path, bytes);
      log.add('error', 'keys.broken', `the list of keys cannot be read: ${messageOf(fault).slice(0, 200)}`, {
        file,
      });
      return none;
    }
  }

  function leave(reason: string): KeyList {
    unreadable = reason;
    log.add('error', 'keys.unreadable', `${path} cannot be read: ${reason}`, { file: path, reason });
    return { backend: undefined, entries: [], owed: [] };
  }

  return {
    read: () => held,
    write(change) {
      const next = { ...held, ...change };
      const text = textOf(next);
      if (text !== written) {
        if (unreadable !== undefined) {
          throw new HeartlineError('keys.unreadable', `${path} cannot be read: ${unreadable}`, {
            details: { file: path, reason: unreadable },
          });
        }
        writeDurably(path, text);
        written = text;
      }
      held = next;
    },
  };
}

function textOf({ backend, entries, owed }: KeyList): string {
  const accounts = entries
    .filter(({ kept }) => kept !== 'memory')
    .map(({ record, kept }) => ({ ...record, kept }));
  return `${JSON.stringify({ version: 1, backend, accounts, owed }, undefined, 2)}\n`;
}

function entryOf({
  kept,
  refusal,
  rights: { expiresAt, ...rights },
  ...rest
}: z.output<typeof entrySchema>): KeptRecord {
  const record: KeyRecord = {
    ...rest,
    rights: { ...rights, ...(expiresAt !== undefined && { expiresAt }) },
    ...(refusal && { refusal }),
  };
  return { record, kept };
}
