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

/** What is compared, of one instrument. */
interface Entry {
  readonly instrument: Instrument;
  readonly base: string;
  readonly name: string;
  readonly venue: string;
  readonly koreanVenue: string;
}

interface ToldName {
  readonly ko: string;
  readonly english: string;
  /** The keys the Korean name is typed with. */
  readonly keys: string;
  readonly initials: string;
}

/** What was typed, or one word of it. */
interface Query {
  readonly typed: string;
  /** Whatever the input method was set to, the same keys were pressed. */
  readonly keys: string;
  readonly initials: string | undefined;
}

// Made once per instrument, not per key pressed: a list holds thousands, and its objects stay the same while it does.
const texts = new WeakMap<Instrument, Entry>();
const toldNames = new Map<string, ToldName>();
const NO_NAME: ToldName = { ko: '', english: '', keys: '', initials: '' };
/** Names of the coins of all venues; beyond it somebody makes names up. */
const MOST_NAMES = 20_000;

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
  for (const { base, names: told } of listed) if (told) names.set(base, joined(names.get(base), told));
  const whole = queryOf(typed.replaceAll(/\s/g, ''));
  const words = typed.trim().split(/\s+/).map(queryOf);
  const ranked: { readonly instrument: Instrument; readonly rank: number }[] = [];
  for (const instrument of listed) {
    const told = names.get(instrument.base);
    const entry = textsOf(instrument);
    const name = told ? toldName(told) : NO_NAME;
    const rank = rankOf(entry, name, whole) ?? rankOfWords(entry, name, words);
    if (rank !== undefined) ranked.push({ instrument, rank });
  }
  // The sort is stable: within a rank the engine's order (most traded first) stands.
  ranked.sort((one, other) => one.rank - other.rank);
  return ranked.slice(0, limit).map(({ instrument }) => instrument);
}

/** The later word stands where both tell one. */
function joined(known: Names | undefined, told: Names): Names {
  return known === undefined || (told.ko !== undefined && told.en !== undefined)
    ? told
    : { ...known, ...told };
}

function textsOf(instrument: Instrument): Entry {
  let known = texts.get(instrument);
  if (known === undefined) {
    const { venue } = instrument;
    known = {
      instrument,
      base: plain(instrument.base),
      name: plain(instrumentName(instrument.id)),
      venue: plain(venue.replace('ccxt:', '')),
      koreanVenue: VENUES_IN_KOREAN[venue] ?? '',
    };
    texts.set(instrument, known);
  }
  return known;
}

function toldName({ ko = '', en = '' }: Names): ToldName {
  const key = `${ko}\n${en}`;
  let known = toldNames.get(key);
  if (known === undefined) {
    known = { ko, english: plain(en), keys: plain(hangulToKeys(ko)), initials: hangulInitials(ko) };
    if (toldNames.size >= MOST_NAMES) toldNames.clear();
    toldNames.set(key, known);
  }
  return known;
}

function queryOf(typed: string): Query {
  return { typed, keys: plain(hangulToKeys(typed)), initials: typedInitials(typed) };
}

/** `upbit btc`: the worst word decides, and a venue named beside others only narrows. */
function rankOfWords(entry: Entry, told: ToldName, words: readonly Query[]): number | undefined {
  if (words.length < 2) return undefined;
  let worst = 0;
  for (const word of words) {
    const rank = isVenue(entry, word) ? 0 : rankOf(entry, told, word);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  return worst;
}

function rankOf(entry: Entry, told: ToldName, query: Query): number | undefined {
  const { typed, keys, initials } = query;
  if (typed === '') return 0;
  const { base, name } = entry;
  if (base === keys || told.english === keys || told.ko === typed) return 0;
  if (base.startsWith(keys)) return 1;
  if (name.startsWith(keys)) return 2;
  if (told.english.startsWith(keys) || told.keys.startsWith(keys)) return 2;
  if (initials !== undefined && initials.length > 1 && told.initials.startsWith(initials)) return 2;
  if (name.includes(keys) || told.ko.includes(typed)) return 3;
  return isVenue(entry, query) ? 4 : undefined;
}

function isVenue({ venue, koreanVenue }: Entry, { typed, keys }: Query): boolean {
  if (keys.length >= SHORTEST_VENUE.latin && venue.startsWith(keys)) return true;
  return typed.length >= SHORTEST_VENUE.hangul && koreanVenue.startsWith(typed);
}

function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
