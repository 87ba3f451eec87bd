import type { Clock } from '#shared/base/clock.ts';
import type { ClientSocket } from '../client-socket.ts';
import { RateWindow } from './rate-window.ts';

/** A socket without traffic is cut after this long. */
const IDLE_MS = 60_000;
const UP_EVERY_MS = 10_000;
/** The venue closes this long after an error frame. */
const CLOSE_AFTER_ERROR_MS = 160;

export interface SocketHabitsOptions {
  readonly client: ClientSocket;
  readonly clock: Clock;
  /** Messages per second and per minute, where the venue limits them. */
  readonly messageLimits: readonly [perSecond: number, perMinute: number] | undefined;
  readonly tooManyMessages: string;
  /** A message that is no `PING`. */
  take(text: string): void;
}

/** What every socket of the two venues does, whatever it carries: counts messages, answers `PING`, is cut when idle. */
export class SocketHabits {
  readonly #options: SocketHabitsOptions;
  readonly #perSecond: RateWindow | undefined;
  readonly #perMinute: RateWindow | undefined;
  #isClosing = false;
  /** Monotonic time of the next `UP`, once a client has sent `PING`. */
  #upAt: number | undefined;
  #traffic = 0;
  #trafficAt: number;

  constructor(options: SocketHabitsOptions) {
    const { client, clock, messageLimits } = options;
    this.#options = options;
    this.#trafficAt = clock.monotonic();
    if (messageLimits) {
      this.#perSecond = new RateWindow(messageLimits[0], 1000);
      this.#perMinute = new RateWindow(messageLimits[1], 60_000);
    }
    client.ws.on('message', (data) => this.#take(String(data)));
  }

  /** The venue's housekeeping. */
  check(): void {
    const { client, clock } = this.#options;
    const now = clock.monotonic();
    if (this.#upAt !== undefined && now >= this.#upAt) {
      this.#upAt += UP_EVERY_MS;
      client.answer('{"status":"UP"}');
    }
    const traffic = client.received + client.sent;
    if (traffic !== this.#traffic) {
      this.#traffic = traffic;
      this.#trafficAt = now;
    } else if (now - this.#trafficAt >= IDLE_MS) {
      client.terminate();
    }
  }

  /** Says what is wrong and closes; nothing is listened to any more. */
  refuse(errorText: string): void {
    if (this.#isClosing) return;
    const { client, clock } = this.#options;
    this.#isClosing = true;
    client.answer(errorText);
    clock.after(CLOSE_AFTER_ERROR_MS, () => client.close(1000));
  }

  #take(text: string): void {
    if (this.#isClosing) return;
    const { client, clock, tooManyMessages, take } = this.#options;
    const now = clock.monotonic();
    if (this.#perSecond?.take(now) === false || this.#perMinute?.take(now) === false) {
      this.refuse(tooManyMessages);
      return;
    }
    if (text !== 'PING') {
      take(text);
      return;
    }
    // The answers keep a beat of the connection's own, so the first comes within one beat.
    const age = now - client.openedAt;
    this.#upAt ??= client.openedAt + Math.ceil(age / UP_EVERY_MS) * UP_EVERY_MS;
  }
}
