/** Market data a panel draws. */
export type Feed = 'book' | 'tape' | 'candles';

/** What there is to know of a kind of panel without drawing one. */
export interface PanelAbout {
  /** Market data of its own. */
  readonly feeds: readonly Feed[];
  /** Shows the instrument of its colour. */
  readonly isLinked: boolean;
  /** There is at most one of them. */
  readonly isSingle: boolean;
  /** Least useful size, CSS px. */
  readonly least: { readonly width: number; readonly height: number };
  /** Kinds it stands with as a tab, where one of them is there. */
  readonly beside: readonly PanelKind[];
}

export const PANEL_KINDS = [
  'watchlist',
  'scanner',
  'chart',
  'charts',
  'book',
  'ladder',
  'tape',
  'ticket',
  'mine',
  'positions',
  'orders',
  'fills',
  'balances',
  'log',
  'alerts',
  'premium',
  'timeline',
  'map',
  'heat',
  'incidents',
  'events',
  'plots',
  'limits',
] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

const BELOW: readonly PanelKind[] = ['positions', 'orders', 'fills', 'balances', 'log', 'alerts'];
const COCKPIT: readonly PanelKind[] = ['map', 'heat', 'incidents', 'events', 'plots', 'limits', 'timeline'];
const single = { feeds: [], isLinked: false, isSingle: true } as const;
const below: PanelAbout = { ...single, least: { width: 280, height: 90 }, beside: BELOW };
const cockpit: PanelAbout = { ...single, least: { width: 260, height: 120 }, beside: COCKPIT };

export const PANELS: Readonly<Record<PanelKind, PanelAbout>> = {
  watchlist: {
    feeds: [],
    isLinked: true,
    isSingle: false,
    least: { width: 208, height: 120 },
    beside: ['scanner'],
  },
  scanner: {
    feeds: [],
    isLinked: true,
    isSingle: false,
    least: { width: 200, height: 120 },
    beside: ['watchlist'],
  },
  chart: {
    feeds: ['candles'],
    isLinked: true,
    isSingle: false,
    least: { width: 260, height: 160 },
    beside: ['charts'],
  },
  charts: {
    feeds: [],
    isLinked: false,
    isSingle: false,
    least: { width: 320, height: 200 },
    beside: ['chart'],
  },
  book: {
    feeds: ['book'],
    isLinked: true,
    isSingle: false,
    least: { width: 208, height: 150 },
    beside: ['ladder', 'tape'],
  },
  ladder: { ...single, least: { width: 220, height: 180 }, beside: ['book'] },
  tape: {
    feeds: ['tape'],
    isLinked: true,
    isSingle: false,
    least: { width: 170, height: 90 },
    beside: ['book'],
  },
  ticket: { ...single, least: { width: 240, height: 260 }, beside: ['mine', 'ladder', 'book'] },
  mine: { ...single, least: { width: 240, height: 120 }, beside: ['ticket'] },
  positions: below,
  orders: below,
  fills: below,
  balances: below,
  log: below,
  alerts: below,
  premium: { ...single, least: { width: 280, height: 120 }, beside: ['alerts'] },
  timeline: cockpit,
  map: cockpit,
  heat: cockpit,
  incidents: cockpit,
  events: cockpit,
  plots: cockpit,
  limits: cockpit,
};

export function isPanelKind(text: unknown): text is PanelKind {
  return PANEL_KINDS.some((kind) => kind === text);
}
