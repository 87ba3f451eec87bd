import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import type { Venue } from '#venues/venue.ts';
import { defaultSettings } from '../default-settings.ts';
import type { Engine } from '../engine.ts';
import { type OpenedRecording, openRecording } from './open-recording.ts';

/** A recording with a data folder of its own: nothing of it gets into the histories and settings of the real desk. */
export interface RecordedDesk {
  readonly recording: OpenedRecording;
  /** Thrown away with the desk. */
  readonly dataDir: string;
  /** Keeps everything recorded alive, and lets time run. `onEnd` is told once, in words. */
  begin(engine: Engine, onEnd: (detail: string) => void): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** How a person likes a desk to look, whatever is on it. */
const LOOKS = settingsSchema
  .pick({ theme: true, directionColours: true, language: true, timeZone: true, numbers: true, flash: true })
  .partial();

/** `settingsFrom`: the data folder of the person's own desk. Throws what `openRecording` throws. */
export async function openRecordedDesk(options: {
  readonly path: string;
  readonly speed: number;
  readonly clock: Clock;
  readonly venues: readonly Venue[];
  readonly settingsFrom: string;
}): Promise<RecordedDesk> {
  const recording = await openRecording(options);
  const dataDir = await mkdtemp(join(tmpdir(), 'heartline-recording-'));
  const { alarms } = defaultSettings([{ favourites: recording.instruments }]);
  const settings = {
    ...(await looksOf(options.settingsFrom)),
    // Nobody is to be called because of something long past.
    alarms: { ...alarms, sound: false, notification: false },
    // There is nobody else to ask where a stream is silent.
    sources: { ticker: 'websocket', book: 'websocket', trade: 'websocket', candle: 'websocket' },
  };
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
  let letGo: () => void = () => undefined;
  return {
    recording,
    dataDir,
    async begin(engine, onEnd) {
      recording.onEnd(onEnd);
      letGo = await engine.tap(recording.streams, () => undefined);
      recording.start();
    },
    async [Symbol.asyncDispose]() {
      letGo();
      recording.dispose();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function looksOf(folder: string): Promise<object> {
  try {
    const held: unknown = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
    const known = held as Readonly<Record<string, unknown>>;
    const { theme, directionColours, language, timeZone, numbers, flash } = known;
    const looks = { theme, directionColours, language, timeZone, numbers, flash };
    return LOOKS.safeParse(looks).data ?? {};
  } catch (fault) {
    // A first start has none, and a broken file is told of where it is used.
    if (fault instanceof SyntaxError || (fault as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new HeartlineError('settings.unreadable', messageOf(fault), { cause: fault });
  }
}
