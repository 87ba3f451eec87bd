import { HeartlineError } from '#shared/base/errors.ts';
import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';
import type { BookDeltaEvent, BookSnapshotEvent, MarketEvent } from '#shared/domain/market-data.ts';
import type { Decode, Decoded, InstrumentPage, RestCall, Venue } from '#venues/venue.ts';
import { type Book, createBook } from '../market/book.ts';
import { bookTopLine, eventKinds, eventLine } from './event-line.ts';
import { isAnswerTo, readAnswer } from './read-recording.ts';
import { recordLines } from './record-lines.ts';
import { type Recorded, readRecord } from './recording.ts';

/** Every record is one frame here and counts once: `frames = decoded + ignored + failed`. */
export interface ReplaySummary {
  readonly kind: 'summary';
  readonly frames: number;
  readonly decoded: number;
  readonly ignored: number;
  readonly failed: number;
  /** Times a book found a change missing, or itself crossed. */
  readonly gaps: number;
  /** Times a book that had been lost was right again. */
  readonly resyncs: number;
}

export interface Replay {
  /** Takes one line of a recording and prints what it brings. */
  take(line: string): void;
  summary(): ReplaySummary;
  /** Lines that were no records at all; among the failed. */
  readonly malformed: number;
}

export interface ReplayOptions {
  readonly venue: Venue;
  /** What to print; every kind when absent. */
  readonly events?: readonly string[] | undefined;
  readonly print: (line: string) => void;
  /** Asked after every line: a promise holds the reader back until the writer has caught up. */
  readonly written?: () => Promise<void> | undefined;
  /** The file ends midway: what it holds up to there was taken. */
  readonly onCut?: () => void;
}

/**
 * Runs a recorded file through the venue's decoder and the engine's books.
 * Throws `events.unknown`, `file.unreadable`, or `recording.none` when no line of the file is a record.
 */
export async function replayFile(path: string, options: ReplayOptions): Promise<ReplaySummary> {
  const replay = createReplay(options);
  for await (const line of recordLines(path, options.onCut)) {
    replay.take(line);
    const catchingUp = options.written?.();
    if (await catchingUp) await catchingUp;
  }
  const summary = replay.summary();
  if (summary.frames > 0 && replay.malformed === summary.frames) {
    throw new HeartlineError('recording.none', `${path} is no recording: none of its lines is a record`, {
      details: { path },
    });
  }
  return summary;
}

/** The pipeline behind {@link replayFile}, fed by hand. */
export function createReplay({ venue, events, print }: ReplayOptions): Replay {
  const kinds = new Set(eventKinds(events));
  const books = new Map<InstrumentId, Book>();
  const lost = new Set<InstrumentId>();
  const scales = new Map<InstrumentId, { priceScale: number; quantityScale: number }>();
  /** One per route, as live; frames of unknown origin share one. */
  const decoders = new Map<string | undefined, Decode>();
  /** The calls whose answers are the list of instruments: the first page, and those it led to. */
  const pages: RestCall<readonly Instrument[] | InstrumentPage>[] = [venue.rest.instruments()];
  let malformed = 0;
  const counts = { decoded: 0, ignored: 0, failed: 0, gaps: 0, resyncs: 0 };
  /** Of the last event, and of the last change to a book without a snapshot. */
  let lastSeen: InstrumentId | undefined;
  let lastUnsynced: InstrumentId | undefined;
  /** A snapshot that names no instrument, while no book was waiting for one. */
  let unclaimed: BookSnapshotEvent | undefined;

  function bookOf(instrument: InstrumentId): Book {
    let book = books.get(instrument);
    if (!book) {
      book = createBook(venue.book);
      books.set(instrument, book);
    }
    return book;
  }

  function printTop(instrument: InstrumentId, book: Book): void {
    if (kinds.has('book-top')) print(bookTopLine(instrument, book));
  }

  function isWaiting(instrument: InstrumentId): boolean {
    return books.get(instrument)?.state !== 'live';
  }

  function takeDelta(delta: BookDeltaEvent): void {
    const book = bookOf(delta.instrument);
    if (unclaimed && isWaiting(delta.instrument)) {
      takeSnapshot({ ...unclaimed, instrument: delta.instrument });
      unclaimed = undefined;
    }
    switch (book.applyDelta(delta)) {
      case 'applied':
        printTop(delta.instrument, book);
        break;
      case 'gap':
        counts.gaps += 1;
        lost.add(delta.instrument);
        lastUnsynced = delta.instrument;
        break;
      case 'buffered':
        lastUnsynced = delta.instrument;
        break;
      case 'stale':
        break;
    }
  }

  function takeSnapshot(snapshot: BookSnapshotEvent): void {
    const { instrument } = snapshot;
    const book = bookOf(instrument);
    switch (book.applySnapshot(snapshot, () => printTop(instrument, book))) {
      case 'live':
        if (lost.delete(instrument)) counts.resyncs += 1;
        if (lastUnsynced === instrument) lastUnsynced = undefined;
        // On a stream a snapshot is news like any change; some venues send nothing else.
        if (venue.book.snapshot === 'stream') printTop(instrument, book);
        break;
      case 'gap':
        counts.gaps += 1;
        lost.add(instrument);
        break;
      case 'early':
        break;
    }
  }

  function takeEvent(event: MarketEvent): void {
    lastSeen = event.instrument;
    switch (event.kind) {
      case 'trade':
      case 'candle':
      case 'ticker':
      case 'mark':
        if (kinds.has(event.kind)) print(eventLine(event));
        break;
      case 'book-delta':
        takeDelta(event);
        break;
      case 'book-snapshot':
        // Where the book comes by REST, a snapshot on a stream is a short top of its own, no start for the changes.
        if (venue.book.snapshot === 'stream') takeSnapshot(event);
        break;
      case 'top':
        break;
    }
  }

  function decoderOf(route: string | undefined): Decode {
    const known = decoders.get(route);
    if (known) return known;
    const decode = venue.createDecoder({
      scaleOf: (instrument) => scales.get(instrument),
      ...(route !== undefined && { route }),
    });
    decoders.set(route, decode);
    return decode;
  }

  function takeFrame({ raw, receivedAt, route }: Frame): Outcome {
    let outcome: Outcome = 'ignored';
    for (const decoded of decoderOf(route)(raw, receivedAt)) {
      if (decoded.kind === 'failed') outcome = 'failed';
      else if (isEvent(decoded)) {
        takeEvent(decoded);
        if (outcome === 'ignored') outcome = 'decoded';
      }
    }
    return outcome;
  }

  function takeAnswer(record: Answer): Outcome {
    const { raw, receivedAt, status, path, query, search } = record;
    if (venue.refusalOf(status, { get: () => null }, raw, receivedAt)) return 'ignored';
    const page = pages.find((call) => isAnswerTo(call, { path, search }, []));
    if (page) {
      const answer = readAnswer(page, record);
      if (!answer) return 'failed';
      for (const { id, priceScale, quantityScale } of 'instruments' in answer ? answer.instruments : answer) {
        scales.set(id, { priceScale, quantityScale });
      }
      if ('instruments' in answer && answer.next) pages.push(answer.next);
      return 'decoded';
    }
    const [anyone] = venue.favourites;
    const call = anyone && venue.rest.bookSnapshot?.(anyone);
    if (!call || path !== pathOf(call)) return 'ignored';
    const snapshot = readAnswer(call, record);
    if (!snapshot) return 'failed';
    // Bodies of some venues do not name their symbol. Without the address it is the book that waits for one; never
    // one that is live, whose numbers may run over the same range.
    const named = query.map((value) => venue.instrumentOf(value)).find((id) => id !== undefined);
    const guessed = [lastUnsynced, lastSeen].find((id) => id !== undefined && isWaiting(id));
    const instrument = named ?? guessed;
    if (instrument === undefined) unclaimed = snapshot;
    else takeSnapshot({ ...snapshot, instrument });
    return 'decoded';
  }

  return {
    take(line) {
      const record = readRecord(line);
      if ('venue' in record && record.venue !== venue.id) {
        counts.ignored += 1;
        return;
      }
      switch (record.kind) {
        case 'frame':
          counts[takeFrame(record)] += 1;
          break;
        case 'answer':
          counts[takeAnswer(record)] += 1;
          break;
        case 'other':
          counts.ignored += 1;
          break;
        case 'malformed':
          malformed += 1;
          counts.failed += 1;
          break;
      }
    },
    get malformed() {
      return malformed;
    },
    summary() {
      const { decoded, ignored, failed, gaps, resyncs } = counts;
      return { kind: 'summary', frames: decoded + ignored + failed, decoded, ignored, failed, gaps, resyncs };
    },
  };
}

type Outcome = 'decoded' | 'ignored' | 'failed';
type Answer = Extract<Recorded, { kind: 'answer' }>;
type Frame = Extract<Recorded, { kind: 'frame' }>;

function isEvent(decoded: Decoded): decoded is MarketEvent {
  return 'instrument' in decoded;
}

function pathOf(call: { readonly path: string }): string {
  return call.path.replace(/\?.*$/, '');
}
