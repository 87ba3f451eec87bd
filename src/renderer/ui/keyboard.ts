const NO_TEXT = new Set([
  'radio',
  'checkbox',
  'button',
  'range',
  'submit',
  'reset',
  'color',
  'file',
  'image',
]);

/** True while what has the focus takes text, so that single keys belong to it. Of whichever window it is. */
export function isTyping(target: EventTarget | null): boolean {
  // Not by class: an element of a popped-out window is of that window's classes.
  const element = target as Partial<HTMLInputElement> | null;
  if (element?.isContentEditable === true || element?.tagName === 'TEXTAREA') return true;
  return element?.tagName === 'INPUT' && !NO_TEXT.has(element.type ?? 'text');
}

/** True in a list in which typed letters choose. */
export function isChoosing(target: EventTarget | null): boolean {
  return (target as Partial<HTMLElement> | null)?.tagName === 'SELECT';
}

/** Without a modifier that makes a command of it. */
export function isBarePress(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
}

/** A digit by its physical key, so that a Hangul input method neither fires nor hides it. */
export function isDigitKey(event: KeyboardEvent): boolean {
  return /^(?:Digit|Numpad)[0-9]$/.test(event.code) && isBarePress(event);
}
