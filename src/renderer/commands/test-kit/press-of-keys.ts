import { parseChord } from '../chord.ts';
import type { Press } from '../press.ts';

/** A press of a chord on a keyboard that is no Mac's, with nothing else about it. */
export function pressOfKeys(chord: string, otherwise: Partial<Press> = {}): Press {
  const { modifiers = new Set(), code = '' } = parseChord(chord, false) ?? {};
  return {
    code,
    key: code.replace(/^Key|^Digit/, '').toLowerCase(),
    ctrl: modifiers.has('Mod'),
    alt: modifiers.has('Alt'),
    shift: modifiers.has('Shift'),
    meta: modifiers.has('Meta'),
    isRepeat: false,
    isComposing: false,
    isTaken: false,
    isAltGraph: false,
    isTyping: false,
    isChoosing: false,
    isModal: false,
    isHandled: false,
    ...otherwise,
  };
}
