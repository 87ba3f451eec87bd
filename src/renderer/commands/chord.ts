import type { Press } from './press.ts';

/**
 * Keys pressed together, as text in one spelling: modifiers in the order `Mod Ctrl Meta Alt Shift`, then the physical key
 * (`Mod+Shift+KeyK`, `Alt+Digit1`, `F2`). `Mod` is the platform's main one: ⌘ on a Mac, Ctrl elsewhere.
 */
export type Chord = string;

const MODIFIERS = ['Mod', 'Ctrl', 'Meta', 'Alt', 'Shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

const CODES =
  /^(?:Key[A-Z]|Digit\d|F(?:[1-9]|1\d|2[0-4])|Numpad(?:\d|Add|Subtract|Multiply|Divide|Decimal|Enter|Equal|Comma)|Arrow(?:Up|Down|Left|Right)|Home|End|PageUp|PageDown|Insert|Delete|Backspace|Enter|Escape|Tab|Space|Backquote|Minus|Equal|BracketLeft|BracketRight|Backslash|Semicolon|Quote|Comma|Period|Slash|Intl(?:Backslash|Ro|Yen)|Pause|ScrollLock|PrintScreen|ContextMenu)$/;
const MODIFIER_CODE =
  /^(?:Control|Shift|Alt|Meta|OS)(?:Left|Right)?$|^(?:CapsLock|NumLock|Fn|FnLock|Lang[1-5]|KanaMode|NonConvert|Convert)$/;

export interface ChordParts {
  readonly modifiers: ReadonlySet<Modifier>;
  readonly code: string;
}

/** `undefined` where it is no chord at all. Any order of modifiers is read. */
export function parseChord(text: string, isMac: boolean): ChordParts | undefined {
  const parts = text.split('+');
  const code = parts.pop() ?? '';
  if (!CODES.test(code)) return undefined;
  const modifiers = new Set<Modifier>();
  for (const part of parts) {
    const known = MODIFIERS.find((one) => one === part);
    if (known === undefined) return undefined;
    modifiers.add(known === (isMac ? 'Meta' : 'Ctrl') ? 'Mod' : known);
  }
  return modifiers.size === parts.length ? { modifiers, code } : undefined;
}

/** In the one spelling. */
export function chordText({ modifiers, code }: ChordParts): Chord {
  return [...MODIFIERS.filter((one) => modifiers.has(one)), code].join('+');
}

/** A modifier, a lock or a key that switches input methods: nothing is asked for yet. */
export function isModifierCode(code: string): boolean {
  return MODIFIER_CODE.test(code);
}

export function heldModifiers(press: Pick<Press, 'ctrl' | 'alt' | 'shift' | 'meta'>, isMac: boolean) {
  const held = new Set<Modifier>();
  if (isMac ? press.meta : press.ctrl) held.add('Mod');
  if (isMac ? press.ctrl : press.meta) held.add(isMac ? 'Ctrl' : 'Meta');
  if (press.alt) held.add('Alt');
  if (press.shift) held.add('Shift');
  return held;
}

/** What was pressed; `undefined` while it is modifiers alone, or a key without a name. */
export function chordOf(press: Press, isMac: boolean): Chord | undefined {
  if (!CODES.test(press.code)) return undefined;
  return chordText({ modifiers: heldModifiers(press, isMac), code: press.code });
}

/** Without a key that would otherwise type: letters, digits, marks. Such a chord belongs to a field that has the focus. */
export function isBare({ modifiers }: ChordParts): boolean {
  return !modifiers.has('Mod') && !modifiers.has('Ctrl') && !modifiers.has('Meta') && !modifiers.has('Alt');
}
