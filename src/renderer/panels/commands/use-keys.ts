import { useMemo } from 'react';
import { useStore } from 'zustand';
import { type Bindings, resolveBindings } from '../../commands/bindings.ts';
import type { Chord } from '../../commands/chord.ts';
import type { Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { IS_MAC } from '../../commands/is-mac.ts';
import { chordLabel, keyLayout } from '../../commands/key-label.ts';
import { useDesk } from '../../ui/desk-context.ts';

/** What every chord does, by the settings as they stand. */
export function useBindings(): Bindings<Command> {
  const { settings } = useDesk();
  const kept = useStore(settings.store, ({ hotkeys }) => hotkeys.bindings);
  return useMemo(() => resolveBindings(COMMANDS, kept, IS_MAC), [kept]);
}

/** Names a chord as this keyboard has it. */
export function useChordLabel(): (chord: Chord) => string {
  const printed = useStore(keyLayout, (state) => state.printed);
  return (chord) => chordLabel(chord, IS_MAC, printed);
}

/** The keys of a command, for a button that does the same; `undefined` where it has none. */
export function useKeysOf(id: string): string | undefined {
  const chord = useBindings().chordOf.get(id);
  const label = useChordLabel();
  return chord === undefined ? undefined : label(chord);
}
