/** Colours a person can give to lines of the chart. */
export const INK_NAMES = ['blue', 'amber', 'violet', 'teal', 'rose', 'grey'] as const;
export type InkName = (typeof INK_NAMES)[number];
export type Inks = Readonly<Record<InkName, string>>;

/** Their tokens: held to the contrast of AA in either theme (styles/contrast.test.ts). */
const TOKENS: Readonly<Record<InkName, string>> = {
  blue: '--link-main',
  amber: '--link-amber',
  violet: '--link-violet',
  teal: '--link-teal',
  rose: '--link-rose',
  grey: '--dim',
};

/** As the stylesheet has them now. */
export function readInks(element: Element): Inks {
  const style = getComputedStyle(element.ownerDocument.documentElement);
  const inks = INK_NAMES.map((name) => [name, style.getPropertyValue(TOKENS[name]).trim() || '#888888']);
  return Object.fromEntries(inks) as Inks;
}
