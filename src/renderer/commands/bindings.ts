import { type Chord, chordText, parseChord } from './chord.ts';
import type { Command } from './command.ts';
import { type Reserved, reservedFor } from './reserved-chord.ts';

/** What of the settings' bindings is not followed, and why. */
export type BindingProblem =
  /** No command of this name: of another version, or a hand's mistake. */
  | { readonly kind: 'unknown'; readonly id: string }
  /** No chord: the default holds. */
  | { readonly kind: 'broken'; readonly id: string; readonly text: string }
  | { readonly kind: 'reserved'; readonly id: string; readonly chord: Chord; readonly why: Reserved }
  /** Another command has it: this one has none. */
  | { readonly kind: 'taken'; readonly id: string; readonly chord: Chord; readonly by: string };

type Bound = Pick<Command, 'id' | 'chord' | 'isOrder'>;

export interface Bindings<One extends Bound = Command> {
  /** Each chord has one command. */
  readonly commandAt: ReadonlyMap<Chord, One>;
  /** And each command at most one chord. */
  readonly chordOf: ReadonlyMap<string, Chord>;
  readonly problems: readonly BindingProblem[];
}

/** Command by id to its chord, or `null` for none. Only what differs from the defaults. */
export type KeptBindings = Readonly<Record<string, string | null>>;

/**
 * What every chord does. A chord the person gave goes before a default; among equals the first of the list has it, and what
 * moves money comes last: a doubt never gives an order.
 */
export function resolveBindings<One extends Bound>(
  commands: readonly One[],
  kept: KeptBindings,
  isMac: boolean,
): Bindings<One> {
  const problems: BindingProblem[] = [];
  const ids = new Set(commands.map(({ id }) => id));
  for (const id of Object.keys(kept)) if (!ids.has(id)) problems.push({ kind: 'unknown', id });

  const claims: { readonly command: One; readonly chord: Chord; readonly isOwn: boolean }[] = [];
  for (const command of commands) {
    const { id, chord: usual } = command;
    const own = Object.hasOwn(kept, id) ? kept[id] : undefined;
    if (own === null) continue;
    const read = own === undefined ? undefined : readChord(id, own, isMac);
    if (read !== undefined && typeof read !== 'string') problems.push(read);
    if (typeof read === 'string') claims.push({ command, chord: read, isOwn: true });
    else if (usual !== undefined) claims.push({ command, chord: usual, isOwn: false });
  }
  const rank = ({ isOwn, command }: (typeof claims)[number]) => (isOwn ? 0 : 2) + (command.isOrder ? 1 : 0);
  claims.sort((one, other) => rank(one) - rank(other));

  const commandAt = new Map<Chord, One>();
  const chordOf = new Map<string, Chord>();
  for (const { command, chord } of claims) {
    const holder = commandAt.get(chord);
    if (holder !== undefined) problems.push({ kind: 'taken', id: command.id, chord, by: holder.id });
    else {
      commandAt.set(chord, command);
      chordOf.set(command.id, chord);
    }
  }
  return { commandAt, chordOf, problems };
}

function readChord(id: string, text: string, isMac: boolean): Chord | BindingProblem {
  const parts = parseChord(text, isMac);
  if (parts === undefined) return { kind: 'broken', id, text };
  const why = reservedFor(parts, isMac);
  return why === undefined ? chordText(parts) : { kind: 'reserved', id, chord: chordText(parts), why };
}

/**
 * Gives a command a chord, or none, and takes it from whoever had it. Only differences from the defaults stay in `kept`;
 * what the file held that nobody understands goes with the next change of that very command alone.
 */
export function rebind(
  commands: readonly Bound[],
  kept: KeptBindings,
  change: { readonly id: string; readonly chord: Chord | null },
  isMac: boolean,
): KeptBindings {
  const next: Record<string, string | null> = { ...kept };
  const put = (id: string, chord: Chord | null) => {
    const usual = commands.find((command) => command.id === id)?.chord ?? null;
    if (chord === usual) delete next[id];
    else next[id] = chord;
  };
  const holder =
    change.chord === null ? undefined : resolveBindings(commands, kept, isMac).commandAt.get(change.chord);
  if (holder !== undefined && holder.id !== change.id) put(holder.id, null);
  put(change.id, change.chord);
  return next;
}

/** As it came. */
export function unbind(kept: KeptBindings, id: string): KeptBindings {
  const { [id]: _, ...rest } = kept;
  return rest;
}
