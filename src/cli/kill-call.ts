import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import {
  createLineReader,
  type KillAnswer,
  type KillAsked,
  type KillDoorFile,
  killDoorFile,
} from '#engine/trading/kill-protocol.ts';

/** An answer holds the sweeps of every account with the orders that could not be cancelled. */
const LONGEST_ANSWER = 4_000_000;
/** A dead engine's door answers at once that nobody is there; one that hangs has this long. */
const ANSWER_WITHIN_MS = 2000;
/** It speaks every second while it works. */
const SILENT_FOR_MS = 10_000;

/** How the call ended. */
export type KillEnd =
  | Extract<KillAnswer, { readonly kind: 'done' | 'failed' | 'state' }>
  /** There is no door, nobody behind it, or nobody answers: nothing was begun as far as can be told. */
  | { readonly kind: 'nobody'; readonly reason: string }
  /** It began, and then went silent. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Asks the engine that runs on a data folder. Never rejects. */
export async function callKillDoor(
  dataDir: string,
  command: KillAsked['command'],
  onProgress: (answer: Extract<KillAnswer, { readonly kind: 'progress' }>) => void,
): Promise<KillEnd> {
  const door = readDoor(killDoorFile(dataDir));
  if (door === undefined) return { kind: 'nobody', reason: 'no Heartline runs on this folder' };
  return new Promise((resolve) => {
    const socket = connect({ path: door.address });
    const reader = createLineReader(LONGEST_ANSWER);
    let isHeard = false;
    let timer = setTimeout(late, ANSWER_WITHIN_MS);

    function end(how: KillEnd): void {
      clearTimeout(timer);
      socket.destroy();
      resolve(how);
    }
    function give(reason: string): void {
      end(isHeard ? { kind: 'lost', reason } : { kind: 'nobody', reason });
    }
    function late(): void {
      give(isHeard ? 'it has said nothing for ten seconds' : 'it does not answer within two seconds');
    }
    function hear(answer: KillAnswer): void {
      isHeard = true;
      clearTimeout(timer);
      timer = setTimeout(late, SILENT_FOR_MS);
      switch (answer.kind) {
        case 'heard':
          return;
        case 'progress':
          onProgress(answer);
          return;
        case 'refused':
          isHeard = false;
          give('it does not know the token in kill-door.json, which is another run’s');
          return;
        case 'done':
        case 'failed':
        case 'state':
          end(answer);
      }
    }

    socket.setEncoding('utf8');
    socket.once('connect', () =>
      socket.write(`${JSON.stringify({ token: door.token, command } satisfies KillAsked)}\n`),
    );
    socket.on('data', (text: string) => {
      const answers = (reader.feed(text) ?? ['']).map(parse);
      for (const answer of answers) {
        if (answer === undefined) give('what it says makes no sense');
        else hear(answer);
      }
    });
    socket.once('error', () => give('nobody is behind its door any more'));
    socket.once('close', () => give('it hung up'));
  });
}

function readDoor(file: string): KillDoorFile | undefined {
  try {
    const { address, token, pid } = JSON.parse(readFileSync(file, 'utf8')) as Partial<KillDoorFile>;
    if (typeof address !== 'string' || typeof token !== 'string' || typeof pid !== 'number') return undefined;
    return { address, token, pid };
  } catch {
    return undefined; // none, or none of ours
  }
}

/** The door is this user's own: what has a known kind is believed. */
function parse(line: string): KillAnswer | undefined {
  const kinds = ['heard', 'refused', 'progress', 'done', 'failed', 'state'];
  try {
    const answer = JSON.parse(line) as KillAnswer;
    return kinds.includes(answer.kind) ? answer : undefined;
  } catch {
    return undefined; // said by the caller
  }
}
