import { type InstrumentId, instrumentId } from '#shared/domain/instrument.ts';
import { INTERVALS, type Interval } from '#shared/domain/interval.ts';
import type { LinkColour } from '#shared/domain/link-colour.ts';
import { LINK_COLOURS } from '#shared/domain/link-colour.ts';

/** What a layout remembers of a panel. It comes from a file a hand may have been in: read what is needed through a check. */
export type PanelParams = Readonly<Record<string, unknown>>;

/** `none`: an instrument of its own. */
export type PanelLink = LinkColour | 'none';

export function linkOf(params: PanelParams): PanelLink {
  const link = params['link'];
  if (link === 'none') return 'none';
  return LINK_COLOURS.find((colour) => colour === link) ?? 'main';
}

export function intervalOf(params: PanelParams): Interval | undefined {
  return INTERVALS.find((interval) => interval === params['interval']);
}

/** `undefined` where it names none, or nonsense. */
export function instrumentOf(params: PanelParams): InstrumentId | undefined {
  const text = params['instrument'];
  if (typeof text !== 'string' || text.length > 80) return undefined;
  try {
    return instrumentId(text);
  } catch {
    return undefined; // Not an instrument: as good as none.
  }
}
