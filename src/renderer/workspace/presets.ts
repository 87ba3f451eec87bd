import type { Arrangement } from '#shared/contract/layout-api.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { arrange, type Place, type PlacedPanel } from './arrange.ts';

export const PRESETS = ['trade', 'monitor', 'premium', 'connections'] as const;
export type Preset = (typeof PRESETS)[number];

/** Below this width a book and a ticket have no room beside each other: they share a frame. */
const NARROW = 1_280;

const BELOW: readonly PlacedPanel[] = ['positions', 'orders', 'fills', 'balances', 'alerts', 'log'];

/** Watchlist left, chart in the middle, book and tape right, ticket far right, what is held below. */
const TRADE: Place = {
  share: 1,
  row: [
    {
      share: 1_080,
      column: [
        {
          share: 72,
          row: [
            { share: 250, tabs: ['watchlist', 'scanner'] },
            { share: 830, tabs: ['chart'] },
          ],
        },
        { share: 28, tabs: BELOW },
      ],
    },
    {
      share: 240,
      column: [
        { share: 72, tabs: ['book', 'ladder'] },
        { share: 28, tabs: ['tape'] },
      ],
    },
    { share: 280, tabs: ['ticket', 'mine'] },
  ],
};

const TRADE_NARROW: Place = {
  share: 1,
  row: [
    {
      share: 740,
      column: [
        {
          share: 72,
          row: [
            { share: 240, tabs: ['watchlist', 'scanner'] },
            { share: 500, tabs: ['chart'] },
          ],
        },
        { share: 28, tabs: BELOW },
      ],
    },
    {
      share: 284,
      column: [
        { share: 72, tabs: ['book', 'ladder', 'ticket', 'mine'] },
        { share: 28, tabs: ['tape'] },
      ],
    },
  ],
};

/** For a window narrower than a desk, or zoomed in: what stands here is higher than the window, which scrolls. */
const COMPACT: Place = {
  share: 1,
  column: [
    { share: 420, tabs: ['chart', 'charts'] },
    {
      share: 400,
      row: [
        { share: 1, tabs: ['watchlist', 'scanner'] },
        { share: 1, tabs: ['book', 'ladder', 'tape'] },
      ],
    },
    { share: 620, tabs: ['ticket', 'mine'] },
    { share: 300, tabs: BELOW },
  ],
};

export const compactArrangement: Arrangement = arrange(COMPACT);

/** Nothing to press: markets, connections and what went wrong. */
const MONITOR: Place = {
  share: 1,
  row: [
    {
      share: 270,
      column: [
        { share: 62, tabs: ['watchlist', 'scanner'] },
        { share: 38, tabs: ['alerts'] },
      ],
    },
    {
      share: 930,
      column: [
        { share: 66, tabs: ['charts'] },
        { share: 34, tabs: ['timeline', 'positions', 'orders', 'balances', 'log'] },
      ],
    },
    {
      share: 400,
      column: [
        {
          share: 66,
          row: [
            { share: 210, tabs: ['book'] },
            { share: 190, tabs: ['tape'] },
          ],
        },
        { share: 34, tabs: ['incidents', 'premium'] },
      ],
    },
  ],
};

/** The same coin on both sides of the border. */
const PREMIUM: Place = {
  share: 1,
  row: [
    {
      share: 860,
      column: [
        { share: 66, tabs: ['premium'] },
        { share: 34, tabs: ['alerts', 'scanner'] },
      ],
    },
    {
      share: 500,
      column: [
        { share: 50, tabs: ['chart'] },
        { share: 50, tabs: [{ kind: 'chart', params: { link: 'amber' } }] },
      ],
    },
    {
      share: 240,
      column: [
        { share: 50, tabs: ['book'] },
        { share: 50, tabs: [{ kind: 'book', params: { link: 'amber' } }] },
      ],
    },
  ],
};

const CONNECTIONS: Place = {
  share: 1,
  column: [
    { share: 28, tabs: ['timeline'] },
    {
      share: 46,
      row: [
        { share: 540, tabs: ['map'] },
        { share: 720, tabs: ['heat'] },
        { share: 340, tabs: ['incidents'] },
      ],
    },
    {
      share: 26,
      row: [
        { share: 540, tabs: ['events', 'log'] },
        { share: 720, tabs: ['plots'] },
        { share: 340, tabs: ['limits', 'alerts'] },
      ],
    },
  ],
};

/** `width`: of the room there is, CSS px. `counterpart`: the main instrument's coin on the other side of the border. */
export function presetArrangement(preset: Preset, width: number, counterpart?: InstrumentId): Arrangement {
  switch (preset) {
    case 'trade':
      return arrange(width < NARROW ? TRADE_NARROW : TRADE);
    case 'monitor':
      return arrange(MONITOR);
    case 'premium':
      return arrange(PREMIUM, counterpart === undefined ? {} : { amber: counterpart });
    case 'connections':
      return arrange(CONNECTIONS);
  }
}

export function isPreset(name: string): name is Preset {
  return PRESETS.some((preset) => preset === name);
}
