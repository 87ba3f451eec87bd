import type { SimKey } from '../../accounts/account-desk.ts';
import { Random } from '../../random.ts';
import { Refusal } from '../query.ts';

const LIFE_MS = 3_600_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 64;

export interface ListenKey {
  readonly token: string;
  readonly key: SimKey;
  /** Market time, ms epoch. */
  expiresAt: number;
}

/** Listen keys by API key: one each, sixty minutes long, longer when asked for again. */
export class ListenKeys {
  /** Market time, ms epoch. */
  readonly now: () => number;
  readonly #random: Random;
  readonly #byApiKey = new Map<string, ListenKey>();
  readonly #byToken = new Map<string, ListenKey>();

  constructor(seed: number, now: () => number) {
    this.now = now;
    this.#random = new Random(seed, 0x11_57_e9);
  }

  /** The key's listen key, made if it has none that lives; either way it lives sixty minutes from now. */
  create(key: SimKey): string {
    const living = this.#living(key);
    if (living) {
      living.expiresAt = this.now() + LIFE_MS;
      return living.token;
    }
    const token = Array.from({ length: LENGTH }, () => LETTERS[this.#random.below(LETTERS.length)]).join('');
    const made: ListenKey = { token, key, expiresAt: this.now() + LIFE_MS };
    this.#byApiKey.set(key.apiKey, made);
    this.#byToken.set(token, made);
    return token;
  }

  /** Throws −1125 where there is none that lives. */
  extend(key: SimKey): string {
    const living = this.#living(key);
    if (!living) throw new Refusal(-1125, 'This listenKey does not exist.');
    living.expiresAt = this.now() + LIFE_MS;
    return living.token;
  }

  /** Ends it: its sockets stay open and hear nothing any more. */
  close(key: SimKey): void {
    const living = this.#living(key);
    if (!living) return;
    this.#byApiKey.delete(key.apiKey);
    this.#byToken.delete(living.token);
  }

  /** Lets it run out at once, as the venue lets it. */
  expire(key: SimKey): void {
    const living = this.#living(key);
    if (living) living.expiresAt = this.now();
  }

  /** The listen key of a token, also one that has run out; `undefined`: made up, or closed. */
  of(token: string): ListenKey | undefined {
    return this.#byToken.get(token);
  }

  isLiving(listenKey: ListenKey): boolean {
    return listenKey.expiresAt > this.now() && this.#byToken.get(listenKey.token) === listenKey;
  }

  #living(key: SimKey): ListenKey | undefined {
    const found = this.#byApiKey.get(key.apiKey);
    return found && this.isLiving(found) ? found : undefined;
  }
}
