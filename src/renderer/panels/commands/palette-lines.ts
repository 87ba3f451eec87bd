import i18next from 'i18next';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { Command, CommandChoice } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { findBest, type SearchText, searchText } from '../../commands/find-commands.ts';
import { instrumentOfRecent } from '../../commands/recent.ts';
import type { Desk } from '../../stores/desk.ts';
import { mendFirstLetter } from '../../ui/compose-hangul.ts';
import { matchInstruments } from '../top-bar/match-instruments.ts';

/** One thing the palette offers. `key` is its own among all. */
export type PaletteLine =
  | { readonly kind: 'command'; readonly key: string; readonly command: Command }
  | {
      readonly kind: 'choice';
      readonly key: string;
      readonly choice: CommandChoice;
      /** Stands before it where it was found from outside its page. */
      readonly of: Command | undefined;
    }
  | { readonly kind: 'instrument'; readonly key: string; readonly instrument: Instrument };

export interface PaletteGroup {
  readonly kind: 'recent' | 'commands' | 'instruments' | 'choices';
  readonly lines: readonly PaletteLine[];
}

const MOST_INSTRUMENTS = 40;
const MOST_MIXED = 8;
const MOST_RECENT = 5;
/** The palette does not offer itself. */
const OFFERED = COMMANDS.filter(({ id }) => id !== 'general.palette');
/** From here on what is inside pages is found, too: one letter would find everything. */
const SHORTEST_INSIDE = 2;

const commandLine = (command: Command): PaletteLine => ({ kind: 'command', key: command.id, command });
const instrumentLine = (instrument: Instrument): PaletteLine => ({
  kind: 'instrument',
  key: `instrument ${instrument.id}`,
  instrument,
});
const choiceLine = (command: Command, choice: CommandChoice, isInside: boolean): PaletteLine => ({
  kind: 'choice',
  key: `${command.id} ${choice.id}`,
  choice,
  of: isInside ? command : undefined,
});

/** What the palette shows for what was typed. */
export function paletteGroups(
  desk: Desk,
  asked: { readonly typed: string; readonly page: Command | undefined; readonly only: 'all' | 'instruments' },
): readonly PaletteGroup[] {
  const typed = mendFirstLetter(asked.typed).trim();
  if (asked.page !== undefined)
    return present([{ kind: 'choices', lines: choices(desk, asked.page, typed) }]);
  if (asked.only === 'instruments') {
    return present([{ kind: 'instruments', lines: instruments(desk, typed, MOST_INSTRUMENTS) }]);
  }
  if (typed === '') return present([{ kind: 'recent', lines: recent(desk) }, ...everything()]);
  // A command line's habit: only commands.
  const isCommandsOnly = typed.startsWith('>');
  const wanted = isCommandsOnly ? typed.slice(1).trim() : typed;
  const found = commands(desk, wanted);
  const markets = isCommandsOnly ? [] : instruments(desk, typed, MOST_MIXED);
  const byCommands: PaletteGroup = { kind: 'commands', lines: found.lines };
  const byMarket: PaletteGroup = { kind: 'instruments', lines: markets };
  // Whoever types what a command is called wants the command; otherwise a coin is what is typed most.
  return present(found.best <= 1 ? [byCommands, byMarket] : [byMarket, byCommands]);
}

function present(groups: readonly PaletteGroup[]): readonly PaletteGroup[] {
  return groups.filter(({ lines }) => lines.length > 0);
}

function everything(): readonly PaletteGroup[] {
  return [{ kind: 'commands', lines: OFFERED.map(commandLine) }];
}

function commands(
  desk: Desk,
  typed: string,
): { readonly lines: readonly PaletteLine[]; readonly best: number } {
  const found = findBest(typed, OFFERED, searchText);
  const lines = found.map(({ one }) => commandLine(one));
  if (typed.length >= SHORTEST_INSIDE) {
    for (const command of OFFERED) {
      if (command.choices === undefined || command.barred?.(desk) !== undefined) continue;
      for (const { one } of findBest(typed, command.choices(desk), textOfChoice))
        lines.push(choiceLine(command, one, true));
    }
  }
  return { lines: lines.slice(0, MOST_INSTRUMENTS), best: found[0]?.fit ?? Infinity };
}

function textOfChoice({ id, title }: CommandChoice): SearchText {
  return { titles: [title], words: id };
}

function choices(desk: Desk, page: Command, typed: string): readonly PaletteLine[] {
  if (page.barred?.(desk) !== undefined) return [];
  const found = findBest(typed, page.choices?.(desk) ?? [], textOfChoice);
  return found.map(({ one }) => choiceLine(page, one, false));
}

function instruments({ instruments: { store } }: Desk, typed: string, most: number): readonly PaletteLine[] {
  return matchInstruments(store.getState().known.values(), typed, most).map(instrumentLine);
}

function recent({ settings, instruments: { store } }: Desk): readonly PaletteLine[] {
  const { known } = store.getState();
  return settings.store
    .getState()
    .recentCommands.flatMap((entry): readonly PaletteLine[] => {
      const id = instrumentOfRecent(entry);
      const instrument = id === undefined ? undefined : [...known.values()].find((one) => one.id === id);
      if (instrument !== undefined) return [{ ...instrumentLine(instrument), key: `recent ${entry}` }];
      const command = OFFERED.find((one) => one.id === entry);
      return command === undefined ? [] : [{ ...commandLine(command), key: `recent ${entry}` }];
    })
    .slice(0, MOST_RECENT);
}

/** How it is called. */
export function lineTitle(line: PaletteLine): string {
  switch (line.kind) {
    case 'command':
      return i18next.t(line.command.titleKey);
    case 'choice':
      return line.of === undefined
        ? line.choice.title
        : `${i18next.t(line.of.titleKey)} ${line.choice.title}`;
    case 'instrument':
      return line.instrument.id;
  }
}
