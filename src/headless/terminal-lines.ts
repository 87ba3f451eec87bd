import type { Readable } from 'node:stream';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';

/** What is typed here is a number of four digits or a word: more is no line of a person. */
const LONGEST = 200;

/** Whole lines from a terminal or a pipe, without their ends and the blanks around them. */
export interface TerminalLines {
  /** Nothing will come any more. */
  readonly isEnded: boolean;
  /** Who began to listen last hears first; `true`: the line was meant for them, and nobody else hears it. */
  onLine(listener: (line: string) => boolean): Undo;
  onEnd(listener: () => void): Undo;
}

export function readLines(input: Readable): TerminalLines {
  const ended = createEmitter<void>();
  let listeners: readonly ((line: string) => boolean)[] = [];
  let rest = '';
  let isTooLong = false;
  let isEnded = input.readableEnded || input.destroyed;

  function end(): void {
    if (isEnded) return;
    isEnded = true;
    ended.emit();
  }
  // Bytes that are no text become a mark that is none: no such line is anybody's.
  input.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const isLine = !isTooLong && line.length <= LONGEST;
      isTooLong = false;
      if (isLine) listeners.some((hears) => hears(line.trim()));
    }
    if (rest.length <= LONGEST) return;
    rest = '';
    isTooLong = true;
  });
  // Nobody to type, or no more: the host runs on.
  input.on('error', end);
  input.on('end', end);
  input.on('close', end);

  return {
    get isEnded() {
      return isEnded;
    },
    onLine(listener) {
      const entry = (line: string) => listener(line);
      listeners = [entry, ...listeners];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
    onEnd: (listener) => ended.on(listener),
  };
}
