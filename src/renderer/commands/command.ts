import type { Desk } from '../stores/desk.ts';
import type { Chord } from './chord.ts';
import type { TextKey } from './text-key.ts';

export const COMMAND_GROUPS = [
  'general',
  'view',
  'panel',
  'layout',
  'market',
  'chart',
  'alert',
  'connection',
  'look',
  'order',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** One of the things a command can be done with: an interval, a layout, a venue. */
export interface CommandChoice {
  readonly id: string;
  /** In the person's language. */
  readonly title: string;
  /** Is in force now. */
  readonly isCurrent?: boolean;
  readonly run: () => void;
}

/**
 * Something the desk does when it is asked by name or by keys. `run` does it; with `choices` the palette asks with what.
 * Whatever a command does, a button does too: it never is the only way.
 */
export interface Command {
  /** Stands in the settings file: never changes. */
  readonly id: string;
  readonly titleKey: TextKey;
  readonly group: CommandGroup;
  /** Further words it is found by, of both languages. */
  readonly keywords?: string;
  readonly chord?: Chord;
  /** Moves money or could: its keys are off until the settings say otherwise, and never work while something is typed. */
  readonly isOrder?: boolean;
  /** May run again and again while its keys are held down. */
  readonly isRepeatable?: boolean;
  /** Is obeyed even while a dialog is open. */
  readonly isOverDialogs?: boolean;
  /** Why it cannot be done now; `undefined`: it can. */
  readonly barred?: (desk: Desk) => TextKey | undefined;
  readonly run?: (desk: Desk) => void;
  readonly choices?: (desk: Desk) => readonly CommandChoice[];
}
