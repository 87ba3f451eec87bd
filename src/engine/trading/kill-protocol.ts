import { join } from 'node:path';
import type { Sweep } from '#shared/contract/order-views.ts';
import type { Halted } from './halt-latch.ts';

/** What a command line and the running engine say to each other: one line of JSON each, in UTF-8. */

/** Where the door is and what opens it: readable by this user alone, there while the engine runs. */
export interface KillDoorFile {
  /** Of a socket of this machine, or a named pipe. */
  readonly address: string;
  /** 256 bits, base64url; new with every start. */
  readonly token: string;
  readonly pid: number;
}

export interface KillAsked {
  readonly token: string;
  readonly command: 'kill' | 'status';
}

/** What is so at this moment. */
export interface TradingState {
  readonly halted?: Halted;
  /** Set while the halt is not on the disk. */
  readonly haltFault?: string;
  /** Names of armed venues. */
  readonly armed: readonly string[];
  /** Orders whose fate is not known. */
  readonly unknown: number;
}

export type KillAnswer =
  /** The token was right, and work has begun: from here on the engine can be waited for. */
  | { readonly kind: 'heard' }
  | { readonly kind: 'refused' }
  /** At least once a second while it works. */
  | { readonly kind: 'progress'; readonly sweeps: readonly Sweep[] }
  | { readonly kind: 'done'; readonly sweeps: readonly Sweep[]; readonly state: TradingState }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'state'; readonly state: TradingState };

export function killDoorFile(dataDir: string): string {
  return join(dataDir, 'kill-door.json');
}

/**
 * Splits what comes over a wire into lines without ever holding more than `most` characters of one. `feed` gives the whole
 * lines of a chunk; `undefined`: a line is too long, and nothing after it is read.
 */
export function createLineReader(most: number): { feed(text: string): readonly string[] | undefined } {
  let rest = '';
  return {
    feed(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return [rest, ...lines].some((line) => line.length > most) ? undefined : lines;
    },
  };
}
