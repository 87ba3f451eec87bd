import { isChoosing, isTyping } from '../ui/keyboard.ts';

/** One keydown as far as commands are concerned. */
export interface Press {
  /** The physical key (`KeyboardEvent.code`): the same whatever layout or input method is on. */
  readonly code: string;
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  readonly isRepeat: boolean;
  /** An input method is in the middle of a syllable. */
  readonly isComposing: boolean;
  /** An input method took the key: there is no character yet. */
  readonly isTaken: boolean;
  /** The key beside the space bar that types third characters: it never is a command. */
  readonly isAltGraph: boolean;
  /** The focus is where text goes. */
  readonly isTyping: boolean;
  /** The focus is in a list in which letters choose. */
  readonly isChoosing: boolean;
  /** A dialog keeps the rest of the window from being pressed. */
  readonly isModal: boolean;
  /** Somebody nearer to the key has made something of it. */
  readonly isHandled: boolean;
}

/** What the key code says of a key that an input method keeps for itself. */
const TAKEN = 229;

/** Reads an event of any window, also of one that was popped out (whose elements are of other classes). */
export function pressOf(event: KeyboardEvent): Press {
  const { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat, isComposing, target } = event;
  const page = (target as Node | null)?.ownerDocument ?? event.view?.document ?? document;
  return {
    code,
    key,
    ctrl: ctrlKey,
    alt: altKey,
    shift: shiftKey,
    meta: metaKey,
    isRepeat: repeat,
    isComposing,
    isTaken: event.keyCode === TAKEN || key === 'Process',
    isAltGraph: event.getModifierState('AltGraph'),
    isTyping: isTyping(target),
    isChoosing: isChoosing(target),
    isModal: page.querySelector('dialog:modal') !== null,
    isHandled: event.defaultPrevented,
  };
}
