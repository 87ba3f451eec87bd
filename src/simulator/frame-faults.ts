import type { Clock } from '#shared/base/clock.ts';
import { DelayLine } from './delay-line.ts';
import type { FaultSubject, Faults } from './faults.ts';

const GARBAGE: Readonly<Record<string, (frame: Buffer) => Buffer | string>> = {
  json: (frame) => frame.subarray(0, 20).toString().replaceAll(/[}\]]/g, ''),
  truncated: (frame) => frame.subarray(0, Math.max(1, frame.length >> 1)).toString(),
  binary: () => Buffer.from([0x00, 0xff, 0x1b, 0x7b, 0x80, 0x22]),
  empty: () => '',
};

/** What the faults have to know about a venue's frames. */
export interface FrameWords {
  /** A frame of a known kind whose fields hold what no field may hold. */
  readonly misshapen: string;
  /** Does this stream carry book updates that depend on the ones before? */
  isBook(stream: string): boolean;
}

/** Lets the faults in force act on one connection's frames, between the feed and the socket. */
export class FrameFaults {
  readonly #faults: Faults;
  readonly #words: FrameWords;
  readonly #write: (frame: Buffer | string) => void;
  #held: Buffer | undefined;
  /** Acks and data wait apart: a delay of acks holds up no data. */
  readonly #ackLine: DelayLine;
  readonly #dataLine: DelayLine;

  constructor(faults: Faults, words: FrameWords, clock: Clock, write: (frame: Buffer | string) => void) {
    this.#faults = faults;
    this.#words = words;
    this.#write = write;
    this.#ackLine = new DelayLine(clock);
    this.#dataLine = new DelayLine(clock);
  }

  /** True while frames may go straight to the socket. */
  get quiet(): boolean {
    const isWaiting = this.#held !== undefined || !this.#ackLine.isEmpty || !this.#dataLine.isEmpty;
    return this.#faults.quiet && !isWaiting;
  }

  pass(frame: Buffer, subject: FaultSubject): void {
    const faults = this.#faults;
    const isAck = subject.stream === 'ack';
    if (faults.strike('freeze', subject)) return;
    // Acks and errors are not data: they fall to rules that name them.
    if (isAck) {
      if (!faults.strike('noAck', subject)) this.#send(frame, subject, faults.strike('delay', subject)?.ms);
      return;
    }
    if (faults.strike('mute', subject) || faults.strike('drop', subject)) return;
    this.#passData(faults.strike('extraFields', subject) ? withExtraFields(frame) : frame, subject);
  }

  #passData(frame: Buffer, subject: FaultSubject): void {
    const faults = this.#faults;
    if (this.#words.isBook(subject.stream ?? '') && faults.strike('gap', subject)) return;
    const garbage = faults.strike('garbage', subject);
    if (garbage) this.#write(this.#garbage(garbage.style ?? 'json', frame));
    const delayMs = faults.strike('delay', subject)?.ms;
    if (this.#held) {
      const held = this.#held;
      this.#held = undefined;
      this.#send(frame, subject, delayMs);
      this.#send(held, subject, delayMs);
      return;
    }
    if (faults.strike('reorder', subject)) {
      this.#held = frame;
      return;
    }
    this.#send(frame, subject, delayMs);
    if (faults.strike('duplicate', subject)) this.#send(frame, subject, delayMs);
  }

  #garbage(style: string, frame: Buffer): Buffer | string {
    if (style === 'shape') return this.#words.misshapen;
    return GARBAGE[style]?.(frame) ?? style;
  }

  #send(frame: Buffer, subject: FaultSubject, delayMs: number | undefined): void {
    const line = subject.stream === 'ack' ? this.#ackLine : this.#dataLine;
    line.pass(delayMs, () => {
      if (!this.#faults.holds('freeze', subject)) this.#write(frame);
    });
  }
}

/** What a venue may add any day: a frame that is an object gets two more fields, any other stays as it is. */
function withExtraFields(frame: Buffer): Buffer {
  const text = frame.toString();
  if (!text.endsWith('}')) return frame;
  return Buffer.from(`${text.slice(0, -1)},"sim_new":null,"sim_more":{"of":["it",1]}}`);
}
