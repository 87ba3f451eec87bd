import { type Instrument, instrumentName } from '#shared/domain/instrument.ts';
import { hangulInitials, typedInitials } from '../../ui/hangul-initials.ts';
import { hangulToKeys } from '../../ui/hangul-keys.ts';

/** One letter of a venue's name would find all it lists. */
const SHORTEST_VENUE = { latin: 3, hangul: 2 };
const VENUES_IN_KOREAN: Readonly<Record<string, string>> = {
  binance: '바이낸스',
  bybit: '바이비트',
  upbit: '업비트',
  bithumb: '빗썸',
};

type Names = NonNullable<Instrument['names']>;

/**
 * Instruments that hold what was typed, best first, at most `limit`: by symbol, by the coin's Korean or English name
 * (as any venue tells it), by the first consonants of the Korean one, by venue; several words must all hold.
 */
export function matchInstruments(
  instruments: Iterable<Instrument>,
  typed: string,
  limit: number,
): readonly Instrument[] {
  const listed = [...instruments];
  const names = new Map<string, Names>();
  for (const { base, names: told } of listed) if (told) names.set(base, { ...names.get(base), ...told });
  const whole = typed.replaceAll(/\s/g, '');
  const words = typed.trim().split(/\s+/);
  const ranked: { readonly instrument: Instrument; readonly rank: number }[] = [];
  for (const instrument of listed) {
    const told = names.get(instrument.base) ?? {};
    const rank = rankOf(instrument, told, whole) ?? rankOfWords(instrument, told, words);
    if (rank !== undefined) ranked.push({ instrument, rank });
  }
  // The sort is stable: within a rank the engine's order (most traded first) stands.
  ranked.sort((one, other) => one.rank - other.rank);
  return ranked.slice(0, limit).map(({ instrument }) => instrument);
}

/** `upbit btc`: the worst word decides, and a venue named beside others only narrows. */
function rankOfWords(instrument: Instrument, names: Names, words: readonly string[]): number | undefined {
  if (words.length < 2) return undefined;
  let worst = 0;
  for (const word of words) {
    const rank = isVenue(instrument, word) ? 0 : rankOf(instrument, names, word);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function rankOf(instrument: Instrument, { ko = '', en = '' }: Names, typed: string): number | undefined {
  if (typed === '') return 0;
  // Whatever the input method was set to, the same keys were pressed.
  const query = plain(hangulToKeys(typed));
  const base = plain(instrument.base);
  const english = plain(en);
  if (base === query || english === query || ko === typed) return 0;
  if (base.startsWith(query)) return 1;
  const name = plain(instrumentName(instrument.id));
  if (name.startsWith(query)) return 2;
  if (english.startsWith(query) || plain(hangulToKeys(ko)).startsWith(query)) return 2;
  const initials = typedInitials(typed);
  if (initials !== undefined && initials.length > 1 && hangulInitials(ko).startsWith(initials)) return 2;
  if (name.includes(query) || ko.includes(typed)) return 3;
  return isVenue(instrument, typed) ? 4 : undefined;
}

function isVenue({ venue }: Instrument, typed: string): boolean {
  const query = plain(hangulToKeys(typed));
  if (query.length >= SHORTEST_VENUE.latin && plain(venue.replace('ccxt:', '')).startsWith(query))
    return true;
  return typed.length >= SHORTEST_VENUE.hangul && (VENUES_IN_KOREAN[venue] ?? '').startsWith(typed);
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
