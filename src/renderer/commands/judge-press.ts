import type { Bindings } from './bindings.ts';
import { chordOf, isBare, parseChord } from './chord.ts';
import type { Command } from './command.ts';
import type { Press } from './press.ts';

/** What is done about a key. */
export type Judgement<One> =
  | { readonly kind: 'nothing' }
  /** Held down, and once was meant: nothing more comes of it, and the browser makes nothing of it either. */
  | { readonly kind: 'swallow' }
  | { readonly kind: 'run'; readonly command: One }
  /** A letter outside a field: the search opens, and the letter goes into it. */
  | { readonly kind: 'search' };

type Judged = Pick<Command, 'id' | 'chord' | 'isOrder' | 'isRepeatable' | 'isOverDialogs'>;

export interface KeyRules<One extends Judged = Command> {
  readonly bindings: Bindings<One>;
  /** `settings.trading.hotkeys`. */
  readonly ordersOn: boolean;
  readonly isMac: boolean;
}

const NOTHING = { kind: 'nothing' } as const;

/** Undo and redo belong to a field while it has the focus. */
const OF_FIELDS = new Set(['KeyZ', 'KeyY']);

/** Pure: the same key in the same place always means the same, and at most one command. */
export function judgePress<One extends Judged>(press: Press, rules: KeyRules<One>): Judgement<One> {
  const { isMac, bindings, ordersOn } = rules;
  if (press.isHandled || press.isComposing || press.isAltGraph) return NOTHING;
  // Taken by an input method in a field it is a part of a word; elsewhere it is the physical key it is.
  if (press.isTaken && press.isTyping) return NOTHING;
  const chord = chordOf(press, isMac);
  if (chord === undefined) return NOTHING;
  const command = bindings.commandAt.get(chord);
  if (command === undefined) return isSearchLetter(press) ? { kind: 'search' } : NOTHING;
  if (press.isModal && command.isOverDialogs !== true) return NOTHING;
  if (command.isOrder && (!ordersOn || press.isTyping || press.isChoosing)) return NOTHING;
  if (belongsToField(press, chord, isMac)) return NOTHING;
  if (press.isRepeat && command.isRepeatable !== true) return { kind: 'swallow' };
  return { kind: 'run', command };
}

function isSearchLetter(press: Press): boolean {
  const { code, ctrl, alt, meta, isTyping, isChoosing, isModal, isRepeat } = press;
  if (ctrl || alt || meta || isTyping || isChoosing || isModal || isRepeat) return false;
  return /^Key[A-Z]$/.test(code);
}

function belongsToField({ isTyping, isChoosing }: Press, chord: string, isMac: boolean): boolean {
  if (!isTyping && !isChoosing) return false;
  const parts = parseChord(chord, isMac);
  if (parts === undefined || isBare(parts)) return !/^F\d+$/.test(parts?.code ?? '');
  if (!isTyping) return false;
  // ⌥ types on a Mac.
  if (isMac && !parts.modifiers.has('Mod') && !parts.modifiers.has('Ctrl')) return true;
  return parts.modifiers.has('Mod') && OF_FIELDS.has(parts.code);
}
