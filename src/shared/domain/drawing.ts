/** `horizontal`: a price · `trend`: a line through two points · `measure`: what lies between two · `fibonacci`: a move's parts. */
export const DRAWING_KINDS = ['horizontal', 'trend', 'measure', 'fibonacci'] as const;
export type DrawingKind = (typeof DRAWING_KINDS)[number];

/** Points a kind stands on. */
export const POINTS_OF: Readonly<Record<DrawingKind, 1 | 2>> = {
  horizontal: 1,
  trend: 2,
  measure: 2,
  fibonacci: 2,
};

/** What the person calls a drawing has a bound, and so have they all together. */
export const MOST_DRAWING_NAME = 60;
export const MOST_DRAWINGS = 500;

export interface DrawingPoint {
  /** ms epoch; may lie in a hole or in the future. */
  readonly time: number;
  /** In the quote; drawn, never sent anywhere. */
  readonly price: number;
}

/** Something a person drew on the charts of one instrument. */
export interface Drawing {
  readonly id: string;
  readonly kind: DrawingKind;
  /** Empty: called by its kind. */
  readonly name: string;
  /** Name of a colour; one the window does not know is drawn in its first. */
  readonly ink: string;
  readonly locked: boolean;
  readonly hidden: boolean;
  readonly points: readonly DrawingPoint[];
}
