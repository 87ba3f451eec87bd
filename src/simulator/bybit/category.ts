/** The market families of the venue that are simulated; each has a socket path and markets of its own. */
export const CATEGORIES = ['linear', 'spot'] as const;
export type Category = (typeof CATEGORIES)[number];

export function isCategory(text: string | undefined): text is Category {
  return (CATEGORIES as readonly (string | undefined)[]).includes(text);
}
