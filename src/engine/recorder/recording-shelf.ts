import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { utcText } from '#shared/base/utc-text.ts';
import { type VenueId, venueId } from '#shared/domain/instrument.ts';
import type { RecordingFile } from '#shared/domain/recording.ts';

/** The folder of recordings, with a label beside each: what is in a file can be told without reading it. */
export interface RecordingShelf {
  /** A name no file has yet. Makes the folder. */
  newName(now: number): Promise<string>;
  pathOf(fileName: string): string;
  label(file: RecordingFile): Promise<void>;
  /** Newest first. A file without a label that makes sense is left out of the list, but not of the room taken. */
  list(): Promise<readonly RecordingFile[]>;
  /** Deletes the oldest until all together take no more than `capBytes`, but never `kept`; the room taken afterwards. */
  trim(capBytes: number, kept: string | undefined): Promise<number>;
}

const ENDING = '.ndjson.gz';
const LABEL = '.json';

const labelSchema = z.object({
  venues: z.array(z.string().transform((text): VenueId => venueId(text))),
  from: z.number(),
  to: z.number(),
  frames: z.number(),
});

export function createRecordingShelf(folder: string): RecordingShelf {
  async function names(): Promise<readonly string[]> {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(ENDING)).toSorted();
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw fault;
    }
  }

  async function bytesOf(fileName: string): Promise<number> {
    try {
      return (await stat(join(folder, fileName))).size;
    } catch (fault) {
      // Somebody tidied up.
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw fault;
    }
  }

  async function read(fileName: string): Promise<RecordingFile | undefined> {
    try {
      const label = labelSchema.parse(JSON.parse(await readFile(join(folder, fileName + LABEL), 'utf8')));
      return { fileName, ...label, bytes: await bytesOf(fileName) };
    } catch {
      // Without its label it can still be replayed; nothing can be said of it here.
      return undefined;
    }
  }

  return {
    async newName(now) {
      await mkdir(folder, { recursive: true });
      const stem = `heartline-${utcText(now).replaceAll(':', '-')}`;
      const taken = new Set(await names());
      let name = stem + ENDING;
      for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}${ENDING}`;
      return name;
    },
    pathOf: (fileName) => join(folder, fileName),
    async label({ fileName, venues, from, to, frames }) {
      await writeFile(join(folder, fileName + LABEL), `${JSON.stringify({ venues, from, to, frames })}\n`);
    },
    async list() {
      const files = await Promise.all((await names()).map(read));
      return files.filter((file) => file !== undefined).toReversed();
    },
    async trim(capBytes, kept) {
      // Their names begin with the time they were begun.
      const files = await Promise.all(
        (await names()).map(async (name) => ({ name, bytes: await bytesOf(name) })),
      );
      let used = files.reduce((sum, { bytes }) => sum + bytes, 0);
      for (const { name, bytes } of files) {
        if (used <= capBytes) break;
        if (name === kept) continue;
        await rm(join(folder, name), { force: true });
        await rm(join(folder, name + LABEL), { force: true });
        used -= bytes;
      }
      return used;
    },
  };
}
