import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Desk } from '../stores/desk.ts';
import type { Command } from './command.ts';
import { showLayer } from './layer.ts';
import type { TextKey } from './text-key.ts';

/** Does it, or opens the palette to ask with what. The reason where it cannot be done now. */
export function runCommand(command: Command, desk: Desk): TextKey | undefined {
  const why = command.barred?.(desk);
  if (why !== undefined) return why;
  if (command.choices !== undefined) showLayer({ kind: 'palette', page: command.id, only: 'all' });
  else tryTo(desk, () => command.run?.(desk));
  return undefined;
}

/** What goes wrong is said in the corner, and the keys go on working. */
export function tryTo(desk: Desk, act: () => void): void {
  try {
    act();
  } catch (fault) {
    desk.notices.show(
      fault instanceof HeartlineError
        ? fault
        : new HeartlineError('unknown', messageOf(fault), { cause: fault }),
    );
  }
}
