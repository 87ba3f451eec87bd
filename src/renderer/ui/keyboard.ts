/** True while what has the focus takes text, so that single keys belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLTextAreaElement || isTextInput(target))
  );
}

function isTextInput(target: HTMLElement): boolean {
  return (
    target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'range'].includes(target.type)
  );
}

/** A plain letter by its physical key, so that a Hangul input method neither fires nor hides it. */
export function isLetterKey(event: KeyboardEvent): boolean {
  return /^Key[A-Z]$/.test(event.code) && !event.ctrlKey && !event.metaKey && !event.altKey;
}

export function isDigitKey(event: KeyboardEvent): boolean {
  return (
    /^(?:Digit|Numpad)[0-9]$/.test(event.code) &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey &&
    !event.shiftKey
  );
}
