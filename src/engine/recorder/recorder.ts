import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { RecordingFile, RecordingView } from '#shared/domain/recording.ts';
import { recordLine } from './record-line.ts';
import { type AppendBytes, createGrowingFile, type GrowingFile } from './recording-file.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import type { WireNote, WireTap } from './wire-tap.ts';

/** What is to be recorded of one venue. */
export interface RecordedVenue {
  readonly venue: VenueId;
  /** Socket addresses with the route each belongs to. */
  readonly routes: ReadonlyMap<string, string>;
}

export interface RecorderOptions {
  readonly clock: Clock;
  readonly tap: WireTap;
  readonly shelf: RecordingShelf;
  readonly capBytes?: number;
  readonly rotateBytes?: number;
  readonly rotateMs?: number;
  readonly append?: AppendBytes | undefined;
  /** A file was begun: it needs whatever its frames alone do not tell. */
  readonly onBegun: () => void;
  /** It could not go on, and has stopped. */
  readonly onFailed: (reason: string) => void;
  readonly onChange: () => void;
}

/** Raw frames of chosen connections to compressed files, one after another. */
export interface Recorder {
  /** Throws `recording.failed` when not even the first file can be made. */
  start(streams: readonly string[], venues: readonly RecordedVenue[]): Promise<void>;
  stop(): Promise<void>;
  view(): RecordingView;
  list(): Promise<readonly RecordingFile[]>;
}

const CAP_BYTES = 1024 ** 3;
const ROTATE_BYTES = 50 * 1024 ** 2;
const ROTATE_MS = 60 * 60_000;
const FLUSH_MS = 1000;

interface Current {
  readonly name: string;
  readonly file: GrowingFile;
  readonly from: number;
  to: number;
  readonly venues: Set<VenueId>;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { clock, tap, shelf } = options;
  const { capBytes = CAP_BYTES, rotateBytes = ROTATE_BYTES, rotateMs = ROTATE_MS } = options;
  let streams: readonly string[] = [];
  let venues: ReadonlyMap<VenueId, RecordedVenue> = new Map();
  let current: Current | undefined;
  let dropped = 0;
  let usedBytes = 0;
  let leave: Undo = () => undefined;
  /** What concerns files happens one after another. */
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function begin(): Promise<Current> {
    const now = clock.now();
    const name = await shelf.newName(now);
    const begun: Current = {
      name,
      file: createGrowingFile({
        path: shelf.pathOf(name),
        append: options.append,
        onFault: (fault) => failed(begun, fault),
      }),
      from: now,
      to: now,
      venues: new Set(),
    };
    await shelf.label(fileOf(begun));
    return begun;
  }

  function fileOf({ name, file, from, to, venues: seen }: Current): RecordingFile {
    return { fileName: name, venues: [...seen], from, to, frames: file.lines, bytes: file.bytes };
  }

  function failed(broken: Current, fault: unknown): void {
    if (current !== broken) return;
    // What was waiting for the disk is lost with it.
    end();
    options.onFailed(messageOf(fault));
    options.onChange();
  }

  function end(): void {
    leave();
    leave = () => undefined;
    current = undefined;
    streams = [];
    venues = new Map();
  }

  function take(note: WireNote): void {
    const recorded = venues.get(note.venue);
    if (!current || !recorded) return;
    const route = note.kind === 'answer' ? undefined : recorded.routes.get(note.url);
    if (note.kind !== 'answer' && route === undefined) return;
    const now = clock.now();
    if (current.file.add(recordLine(note, now, route))) {
      current.to = now;
      current.venues.add(note.venue);
    } else dropped += 1;
  }

  async function tidy(): Promise<void> {
    const mine = current;
    if (!mine) return;
    mine.file.flush();
    await shelf.label(fileOf(mine));
    usedBytes = await shelf.trim(capBytes, mine.name);
    const isFull = mine.file.bytes >= rotateBytes || clock.now() - mine.from >= rotateMs;
    if (isFull && current === mine) await rotate(mine);
  }

  async function rotate(full: Current): Promise<void> {
    const next = await begin();
    // Between these two lines nothing can come: no frame is lost, and none is in both.
    if (current !== full) return;
    current = next;
    options.onBegun();
    await full.file.close();
    await shelf.label(fileOf(full));
  }

  function second(): void {
    const mine = current;
    inTurn(tidy).catch((fault: unknown) => {
      if (mine) failed(mine, fault);
    });
    options.onChange();
  }

  return {
    start: (wantedStreams, wantedVenues) =>
      inTurn(async () => {
        if (current) throw new HeartlineError('recording.on', 'a recording is going on already');
        let begun: Current;
        try {
          begun = await begin();
        } catch (fault) {
          throw new HeartlineError('recording.failed', `cannot record: ${messageOf(fault)}`, {
            cause: fault,
            details: { reason: messageOf(fault) },
          });
        }
        streams = wantedStreams;
        venues = new Map(wantedVenues.map((one) => [one.venue, one]));
        dropped = 0;
        current = begun;
        const stopHearing = tap.on(take);
        const stopFlushing = clock.every(FLUSH_MS, second);
        leave = () => {
          stopHearing();
          stopFlushing();
        };
        options.onBegun();
        options.onChange();
      }),
    stop: () =>
      inTurn(async () => {
        const last = current;
        if (!last) return;
        end();
        options.onChange();
        await last.file.close();
        await shelf.label(fileOf(last));
        usedBytes = await shelf.trim(capBytes, undefined);
        options.onChange();
      }),
    view: () => ({
      isOn: current !== undefined,
      streams,
      ...(current ? { file: fileOf(current) } : {}),
      capBytes,
      usedBytes,
      droppedFrames: dropped,
    }),
    // In turn: a file that is just being closed would be missing.
    list: () =>
      inTurn(async () => {
        usedBytes = await shelf.trim(Number.POSITIVE_INFINITY, undefined);
        const files = await shelf.list();
        const growing = current && fileOf(current);
        return files.map((file) => (file.fileName === growing?.fileName ? growing : file));
      }),
  };
}
