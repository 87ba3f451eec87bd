/** Puts the cursor into the search for instruments, as typing anywhere does. */
export function focusSearch(): void {
  const place = document.querySelector<HTMLElement>('[data-testid="instrument-search"]');
  (place instanceof HTMLInputElement ? place : place?.querySelector('input'))?.focus();
}
