import { createStore } from 'zustand/vanilla';
import { type Chord, parseChord } from './chord.ts';

/** What is printed on each physical key, by `KeyboardEvent.code`; empty where the browser does not tell. */
export const keyLayout = createStore<{ readonly printed: ReadonlyMap<string, string> }>()(() => ({
  printed: new Map(),
}));

interface KeyboardLayouts {
  getLayoutMap(): Promise<Iterable<readonly [string, string]>>;
}

/** Asks the browser once what this keyboard looks like. Without an answer keys are named as on a US keyboard. */
export async function readKeyLayout(): Promise<void> {
  const { keyboard } = navigator as unknown as { keyboard?: KeyboardLayouts };
  if (keyboard === undefined) return;
  try {
    keyLayout.setState({ printed: new Map(await keyboard.getLayoutMap()) });
  } catch {
    // Not told to this page: the US names stay.
  }
}

const NAMES: Readonly<Record<string, string>> = {
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  IntlBackslash: '<',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Insert: 'Ins',
  Delete: 'Del',
};
const PAD: Readonly<Record<string, string>> = {
  Add: '+',
  Subtract: '−',
  Multiply: '×',
  Divide: '÷',
  Decimal: '.',
  Equal: '=',
  Comma: ',',
};

/** A key as it is printed. Where the print is Hangul the Latin letter beside it is meant. */
function keyLabel(code: string, printed: ReadonlyMap<string, string>): string {
  const print = printed.get(code);
  if (print !== undefined && /^[!-~¡-ɏ]$/.test(print)) return print.toLocaleUpperCase('en');
  if (/^(?:Key|Digit)/.test(code)) return code.at(-1) ?? code;
  if (code.startsWith('Numpad')) {
    const rest = code.slice('Numpad'.length);
    return `Num ${PAD[rest] ?? rest}`;
  }
  return NAMES[code] ?? code;
}

/** Each key of a chord, in the order it is written: `['Ctrl', 'Shift', 'K']`, on a Mac `['⇧', '⌘', 'K']`. */
export function chordKeys(
  chord: Chord,
  isMac: boolean,
  printed: ReadonlyMap<string, string>,
): readonly string[] {
  const parts = parseChord(chord, isMac);
  if (parts === undefined) return [];
  const order = isMac
    ? ([
        ['Ctrl', '⌃'],
        ['Alt', '⌥'],
        ['Shift', '⇧'],
        ['Mod', '⌘'],
      ] as const)
    : ([
        ['Mod', 'Ctrl'],
        ['Meta', 'Win'],
        ['Alt', 'Alt'],
        ['Shift', 'Shift'],
      ] as const);
  const modifiers = order.filter(([name]) => parts.modifiers.has(name)).map(([, label]) => label);
  return [...modifiers, keyLabel(parts.code, printed)];
}

/** In one piece: `Ctrl+Shift+K`, on a Mac `⇧⌘K`. */
export function chordLabel(chord: Chord, isMac: boolean, printed: ReadonlyMap<string, string>): string {
  return chordKeys(chord, isMac, printed).join(isMac ? '' : '+');
}
