/** Links of panels: those of one colour show one instrument. The main one is what orders are written for. */
export const LINK_COLOURS = ['main', 'amber', 'violet', 'teal', 'rose'] as const;
export type LinkColour = (typeof LINK_COLOURS)[number];
