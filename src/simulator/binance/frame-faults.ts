import type { Clock } from '#shared/base/clock.ts';
import type { FaultSubject, Faults } from '../faults.ts';

const GARBAGE: Readonly<Record<string, (frame: Buffer) => Buffer | string>> = {
  json: () => '{"e":"aggTrade","E":1795',
  truncated: (frame) => frame.subarray(0, Math.max(1, frame.length >> 1)).toString(),
  binary: () => Buffer.from([0x00, 0xff, 0x1b, 0x7b, 0x80, 0x22]),
  empty: () => '',
  shape: () => '{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","p":{},"q":[null],"T":"soon"}}',
};

/** Lets the faults in force act on one connection's frames, between the feed and the socket. */
export class FrameFaults {
  readonly #faults: Faults;
  readonly #clock: Clock;
  readonly #write: (frame: Buffer | string) => void;
  #held: Buffer | undefined;
  /** Nothing may overtake a delayed frame. */
  #delayedUntil = 0;

  constructor(faults: Faults, clock: Clock, write: (frame: Buffer | string) => void) {
    this.#faults = faults;
    this.#clock = clock;
    this.#write = write;
  }

  /** True while frames may go straight to the socket. */
  get quiet(): boolean {
    return this.#faults.quiet && this.#held === undefined && this.#delayedUntil === 0;
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
    if (/@depth(?:@|$)/.test(subject.stream ?? '') && faults.strike('gap', subject)) return;
    const garbage = faults.strike('garbage', subject);
    if (garbage) this.#write((GARBAGE[garbage.style ?? 'json'] ?? (() => garbage.style ?? ''))(frame));
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

  #send(frame: Buffer, subject: FaultSubject, delayMs: number | undefined): void {
    const now = this.#clock.monotonic();
    const at = Math.max(this.#delayedUntil, now + (delayMs ?? 0));
    if (at <= now) {
      this.#delayedUntil = 0;
      this.#write(frame);
      return;
    }
    this.#delayedUntil = at;
    this.#clock.after(at - now, () => {
      if (this.#faults.holds('freeze', subject)) return;
      this.#write(frame);
    });
  }
}
