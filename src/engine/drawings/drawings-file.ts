import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { drawingSchema } from '#shared/contract/drawings-api.ts';
import { instrument } from '#shared/contract/fields.ts';
import { type Drawing, MOST_DRAWINGS } from '#shared/domain/drawing.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { EventLog } from '../health/event-log.ts';

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
  let held: Map<InstrumentId, readonly Drawing[]> | undefined;

  function load(): Map<InstrumentId, readonly Drawing[]> {
    let text: string;
    try {
      if (statSync(path).size > 4 * MOST_BYTES) return setAside(`it is longer than ${4 * MOST_BYTES} bytes`);
      text = readFileSync(path, 'utf8');
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') {
        log.add('error', 'drawings.unreadable', messageOf(fault), { file: path });
      }
      return new Map();
    }
    try {
      const file = fileSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
      const { known, lost } = sift(file.instruments);
      if (lost > 0) {
        writeWhole(`${path}.broken`, text);
        const message = `${lost} drawings make no sense and were left out`;
        log.add('warn', 'drawings.partly', message, { count: lost, file: `${path}.broken` });
      }
      return known;
    } catch (fault) {
      return setAside(messageOf(fault));
    }
  }

  function setAside(reason: string): Map<InstrumentId, readonly Drawing[]> {
    const aside = `${path}.broken`;
    try {
      renameSync(path, aside);
      log.add('error', 'drawings.broken', `the file of drawings makes no sense: ${reason}`, { file: aside });
    } catch (fault) {
      log.add('error', 'drawings.unreadable', messageOf(fault), { file: path });
    }
    return new Map();
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
        writeWhole(path, text);
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

/** Written beside, forced to the disk and renamed: a crash leaves the old file or the new one. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    for (let bytes = Buffer.from(text, 'utf8'); bytes.length > 0; ) {
      bytes = bytes.subarray(writeSync(file, bytes));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
