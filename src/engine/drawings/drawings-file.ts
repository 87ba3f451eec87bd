import { join } from 'node:path';
import { z } from 'zod';
import { assertNever } from '#shared/base/assert-never.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { drawingSchema } from '#shared/contract/drawings-api.ts';
import { instrument } from '#shared/contract/fields.ts';
import { type Drawing, MOST_DRAWINGS } from '#shared/domain/drawing.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';
import { openJsonFile } from '../json-file.ts';

/** The whole file, UTF-8. */
const MOST_BYTES = 2_000_000;

const fileSchema = z.strictObject({
  version: z.literal(1),
  instruments: z.record(z.string(), z.array(z.unknown())),
});

export interface DrawingsFile {
  of(instrument: InstrumentId): readonly Drawing[];
  /** On the disk when it returns. Throws `drawings.full`, `drawings.unwritable`; what was held stays. */
  put(instrument: InstrumentId, drawings: readonly Drawing[]): void;
}

/**
 * What is drawn, in `drawings.json` of the data folder. Read when first asked for. A file that cannot be read as one is set
 * aside; a single drawing that makes no sense is left out, and the file as it was is kept beside. Both are said.
 */
export function openDrawings(dataDir: string, log: EventLog): DrawingsFile {
  const path = join(dataDir, 'drawings.json');
  const file = openJsonFile(path, {
    parse: (value) => sift(fileSchema.parse(value).instruments),
    mostBytes: 4 * MOST_BYTES,
  });
  /** Says where the file is that could not be kept beside at first. */
  let tellLate: (file: string) => void = (aside) => tellBroken('set aside before a write', aside);
  let held: Map<InstrumentId, readonly Drawing[]> | undefined;

  function load(): Map<InstrumentId, readonly Drawing[]> {
    const read = file.read();
    switch (read.kind) {
      case 'absent':
        return new Map();
      case 'unreadable':
        tellUnreadable(read.reason);
        return new Map();
      case 'broken':
        if (read.aside.stuck === undefined) tellBroken(read.reason, read.aside.file);
        else tellUnreadable(`${read.reason}; ${read.aside.stuck}`);
        return new Map();
      case 'read': {
        const { known, lost } = read.value;
        if (lost > 0) {
          const message = `${lost} drawings make no sense and were left out`;
          tellLate = (aside) => log.add('warn', 'drawings.partly', message, { count: lost, file: aside });
          tellLate(file.keepBeside().file);
        }
        return known;
      }
      default:
        return assertNever(read);
    }
  }

  function tellBroken(reason: string, aside: string): void {
    log.add('error', 'drawings.broken', `the file of drawings makes no sense: ${reason}`, { file: aside });
  }

  function tellUnreadable(reason: string): void {
    log.add('error', 'drawings.unreadable', reason, { file: path });
  }

  const kept = () => {
    held ??= load();
    return held;
  };

  return {
    of: (one) => kept().get(one) ?? [],
    put(one, drawings) {
      const next = new Map(kept());
      if (drawings.length === 0) next.delete(one);
      else next.set(one, drawings);
      const text = `${JSON.stringify({ version: 1, instruments: Object.fromEntries(next) })}\n`;
      if (drawings.length > MOST_DRAWINGS || Buffer.byteLength(text) > MOST_BYTES) {
        throw new HeartlineError('drawings.full', `no room for ${drawings.length} drawings of ${one}`, {
          details: { limit: MOST_DRAWINGS },
        });
      }
      try {
        const aside = file.write(text);
        if (aside !== undefined) tellLate(aside);
      } catch (fault) {
        throw new HeartlineError('drawings.unwritable', messageOf(fault), {
          cause: fault,
          details: { file: path, reason: messageOf(fault) },
        });
      }
      held = next;
    },
  };
}

/** Drawings one by one: a hand's mistake in one must not take the others with it. */
function sift(given: Readonly<Record<string, readonly unknown[]>>) {
  const known = new Map<InstrumentId, readonly Drawing[]>();
  let lost = 0;
  for (const [name, list] of Object.entries(given)) {
    const about = instrument.safeParse(name);
    if (!about.success) {
      lost += list.length;
      continue;
    }
    const drawings = new Map<string, Drawing>();
    for (const one of list) {
      const checked = drawingSchema.safeParse(one);
      if (checked.success && drawings.size < MOST_DRAWINGS) drawings.set(checked.data.id, checked.data);
      else lost += 1;
    }
    if (drawings.size > 0) known.set(about.data, [...drawings.values()]);
  }
  return { known, lost };
}
