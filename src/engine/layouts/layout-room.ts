import { join } from 'node:path';
import { assertNever } from '#shared/base/assert-never.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import {
  type LayoutDocument,
  type LayoutsKept,
  layoutDocumentSchema,
  type layoutRequestInputs,
  MOST_LAYOUTS,
} from '#shared/contract/layout-api.ts';
import type { EventLog } from '../health/event-log.ts';
import { openJsonFile } from '../json-file.ts';
import type { Room } from '../room.ts';

const FIRST: LayoutDocument = { version: 1, current: '', working: null, saved: [] };

/**
 * How the desk is arranged, in `layouts.json` of the data folder. A file that makes no sense is set aside and said; a
 * crash while writing leaves the old one or the new one.
 */
export function createLayoutRoom(
  dataDir: string,
  log: EventLog,
): Room<keyof typeof layoutRequestInputs, never> {
  const path = join(dataDir, 'layouts.json');
  const file = openJsonFile(path, {
    parse: (value): LayoutDocument => layoutDocumentSchema.parse(value),
  });
  let held: LayoutsKept | undefined;

  function load(): LayoutsKept {
    const read = file.read();
    switch (read.kind) {
      case 'absent':
        return { document: FIRST };
      case 'read':
        return { document: read.value };
      case 'unreadable':
        return leave(read.reason);
      case 'broken':
        if (read.aside.stuck !== undefined) return leave(`${read.reason}; ${read.aside.stuck}`);
        tellBroken(read.reason, read.aside.file);
        return { document: FIRST, brokenFile: read.aside.file };
      default:
        return assertNever(read);
    }
  }

  function tellBroken(reason: string, aside: string): void {
    log.add('warn', 'layouts.broken', `the file of layouts makes no sense: ${reason}`, { file: aside });
  }

  function leave(reason: string): LayoutsKept {
    log.add('error', 'layouts.unreadable', reason, { file: path });
    return { document: FIRST, brokenFile: path };
  }

  // Read when first asked for: a shell without a window needs none.
  function kept(): LayoutsKept {
    held ??= load();
    return held;
  }

  function write(change: Partial<LayoutDocument>): LayoutDocument {
    const document = { ...kept().document, ...change };
    try {
      const aside = file.write(`${JSON.stringify(document)}\n`, { isForced: false });
      if (aside !== undefined) tellBroken('set aside before a write', aside);
    } catch (fault) {
      throw new HeartlineError('layouts.unwritable', messageOf(fault), {
        cause: fault,
        details: { file: path, reason: messageOf(fault) },
      });
    }
    held = { document };
    return document;
  }

  return {
    requests: {
      'layouts.read': kept,
      'layouts.keep': ({ current, arrangement }) => {
        write({ current, working: arrangement });
        return {};
      },
      'layouts.save': ({ name, arrangement }) => {
        const { saved } = kept().document;
        const at = saved.findIndex((one) => one.name === name);
        if (at < 0 && saved.length >= MOST_LAYOUTS) {
          throw new HeartlineError('layouts.full', `there are ${MOST_LAYOUTS} layouts already`, {
            details: { limit: MOST_LAYOUTS },
          });
        }
        const one = { name, arrangement };
        return write({ saved: at < 0 ? [...saved, one] : saved.with(at, one) });
      },
      'layouts.rename': ({ from, to }) => {
        const { saved, current } = kept().document;
        const at = saved.findIndex(({ name }) => name === from);
        const one = saved[at];
        if (one === undefined) {
          throw new HeartlineError('layouts.unknown', `no layout is called ${from}`, {
            details: { name: from },
          });
        }
        if (from !== to && saved.some(({ name }) => name === to)) {
          throw new HeartlineError('layouts.taken', `another layout is called ${to}`, {
            details: { name: to },
          });
        }
        return write({
          saved: saved.with(at, { ...one, name: to }),
          current: current === from ? to : current,
        });
      },
      'layouts.remove': ({ name }) =>
        write({ saved: kept().document.saved.filter((one) => one.name !== name) }),
    },
    watches: {},
  };
}
