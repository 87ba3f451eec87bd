import { type ChordParts, chordText, isBare } from './chord.ts';

/** Why a chord cannot be a command's. */
export type Reserved =
  /** Letters open the search, digits and the comma the interval. */
  | 'search'
  | 'interval'
  /** Moves the focus, presses what has it, closes what is open. */
  | 'focus'
  /** Copies, pastes, selects. */
  | 'editing'
  /** The browser does not let go of it, or would close the desk. */
  | 'browser'
  /** Never reaches a window. */
  | 'system';

const FOCUS =
  /^(?:Escape|Tab|Enter|NumpadEnter|Space|Backspace|Delete|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right)|ContextMenu)$/;
const EDITING = new Set([
  'KeyA',
  'KeyC',
  'KeyV',
  'KeyX',
  'Insert',
  'Backspace',
  'Delete',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
]);
const BROWSER = new Set([
  ...['KeyN', 'KeyT', 'KeyW', 'KeyQ', 'KeyR', 'KeyL', 'Tab', 'F4', 'F5', 'PageUp', 'PageDown'].map(
    (code) => `Mod+${code}`,
  ),
  ...['KeyN', 'KeyT', 'KeyW', 'KeyQ', 'KeyR', 'KeyI', 'KeyJ', 'KeyC', 'KeyB', 'Tab', 'Delete', 'F5'].map(
    (code) => `Mod+Shift+${code}`,
  ),
  // Zoom, and the tabs by number.
  ...['Minus', 'Equal', 'NumpadAdd', 'NumpadSubtract'].map((code) => `Mod+${code}`),
  'Mod+Shift+Equal',
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Mod+Digit${digit}`),
  ...['ArrowLeft', 'ArrowRight', 'Home', 'KeyD', 'KeyE', 'KeyF'].map((code) => `Alt+${code}`),
  ...['F1', 'F5', 'F6', 'F11', 'F12', 'Shift+F5', 'Shift+F10', 'Shift+F12'],
]);
const SYSTEM = new Set([
  'Alt+F4',
  'Alt+Tab',
  'Alt+Shift+Tab',
  'Alt+Escape',
  'Alt+Space',
  'Mod+Escape',
  'Mod+Shift+Escape',
  'Mod+Alt+Delete',
  'Mod+Space',
  'PrintScreen',
]);
const MAC = new Set([
  'Mod+KeyH',
  'Mod+KeyM',
  'Mod+Alt+KeyH',
  'Mod+Alt+Escape',
  'Mod+Shift+Digit3',
  'Mod+Shift+Digit4',
  'Mod+Shift+Digit5',
  'Mod+Backquote',
  'Ctrl+ArrowUp',
  'Ctrl+ArrowDown',
  'Ctrl+ArrowLeft',
  'Ctrl+ArrowRight',
  'Ctrl+Space',
]);

/** `undefined`: a command may have it. */
export function reservedFor(parts: ChordParts, isMac: boolean): Reserved | undefined {
  const { code, modifiers } = parts;
  const text = chordText(parts);
  if (SYSTEM.has(text) || modifiers.has('Meta') || (isMac && MAC.has(text))) return 'system';
  if (BROWSER.has(text)) return 'browser';
  if (modifiers.has('Mod') && !modifiers.has('Alt') && EDITING.has(code)) return 'editing';
  if (!isBare(parts)) return undefined;
  if (/^Key[A-Z]$/.test(code)) return 'search';
  if (FOCUS.test(code)) return 'focus';
  if (modifiers.has('Shift')) return /^Insert$/.test(code) ? 'editing' : undefined;
  return /^(?:Digit\d|Numpad(?:\d|Comma|Decimal)|Comma)$/.test(code) ? 'interval' : undefined;
}
