import type { KeptBindings } from './bindings.ts';
import { resolveBindings } from './bindings.ts';
import { type Chord, chordOf, heldModifiers, isModifierCode, parseChord } from './chord.ts';
import type { Command } from './command.ts';
import type { Press } from './press.ts';
import { type Reserved, reservedFor } from './reserved-chord.ts';

/** Recording a chord for a command. */
export type Recorder =
  | { readonly kind: 'idle' }
  /** Waits for keys; `held`: modifiers that are down. `refused`: what was pressed and cannot be had. */
  | {
      readonly kind: 'listening';
      readonly id: string;
      readonly held: readonly string[];
      readonly refused: Refused | undefined;
    }
  /** Another command has it: the person says whether it moves. */
  | { readonly kind: 'conflict'; readonly id: string; readonly chord: Chord; readonly by: string }
  /** Done: to be written. `null`: no chord at all. */
  | { readonly kind: 'done'; readonly id: string; readonly chord: Chord | null };

export type Refused =
  | { readonly kind: 'reserved'; readonly chord: Chord; readonly why: Reserved }
  /** A key the system gives no name to. */
  | { readonly kind: 'nameless' }
  /** AltGr types characters. */
  | { readonly kind: 'alt-graph' };

export interface RecorderRules {
  readonly commands: readonly Pick<Command, 'id' | 'chord' | 'isOrder'>[];
  readonly kept: KeptBindings;
  readonly isMac: boolean;
}

export const IDLE: Recorder = { kind: 'idle' };

export function beginRecording(id: string): Recorder {
  return { kind: 'listening', id, held: [], refused: undefined };
}

/** What a keydown makes of it. Esc alone leaves it as it was, Backspace or Delete alone takes the chord away. */
export function recordPress(state: Recorder, press: Press, rules: RecorderRules): Recorder {
  if (state.kind === 'conflict') return press.code === 'Escape' ? IDLE : state;
  if (state.kind !== 'listening' || press.isRepeat) return state;
  const { id } = state;
  const held = [...heldModifiers(press, rules.isMac)];
  if (isModifierCode(press.code)) return { ...state, held };
  if (press.isAltGraph) return { ...state, held: [], refused: { kind: 'alt-graph' } };
  if (held.length === 0 && press.code === 'Escape') return IDLE;
  if (held.length === 0 && (press.code === 'Backspace' || press.code === 'Delete'))
    return { kind: 'done', id, chord: null };
  const chord = chordOf(press, rules.isMac);
  const parts = chord === undefined ? undefined : parseChord(chord, rules.isMac);
  if (chord === undefined || parts === undefined)
    return { ...state, held: [], refused: { kind: 'nameless' } };
  const why = reservedFor(parts, rules.isMac);
  if (why !== undefined) return { ...state, held: [], refused: { kind: 'reserved', chord, why } };
  const holder = resolveBindings(rules.commands, rules.kept, rules.isMac).commandAt.get(chord);
  if (holder !== undefined && holder.id !== id) return { kind: 'conflict', id, chord, by: holder.id };
  return { kind: 'done', id, chord };
}

/** The modifiers that are still down after a keyup. */
export function recordRelease(state: Recorder, press: Press, isMac: boolean): Recorder {
  return state.kind === 'listening' ? { ...state, held: [...heldModifiers(press, isMac)] } : state;
}

/** In a conflict: this command takes the chord. */
export function takeOver(state: Recorder): Recorder {
  return state.kind === 'conflict' ? { kind: 'done', id: state.id, chord: state.chord } : state;
}
