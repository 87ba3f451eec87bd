import i18next from 'i18next';
import type { VenueId } from '#shared/domain/instrument.ts';
import { plainWords } from './plain-words.ts';
import { binance } from './venue-codes/binance.ts';
import { bithumb } from './venue-codes/bithumb.ts';
import { bybit } from './venue-codes/bybit.ts';
import { upbit } from './venue-codes/upbit.ts';
import { VENUE_ERRORS, type VenueCodes, type VenueErrorKind } from './venue-error-kind.ts';

const CODES: Readonly<Record<string, VenueCodes>> = { binance, bybit, upbit, bithumb };

/** A paper account's own, whichever venue it is modelled on. */
const PAPER: Readonly<Record<string, VenueErrorKind>> = {
  'paper.funds': 'funds',
  'paper.trigger': 'trigger',
  'paper.reduce-only': 'reduce-only',
  'paper.post-only': 'post-only',
  'paper.stale': 'stale',
};

function indexed({ exact }: VenueCodes): ReadonlyMap<string, VenueErrorKind> {
  return new Map(
    Object.entries(exact).flatMap(([kind, codes]) => codes.map((code) => [code, kind as VenueErrorKind])),
  );
}

const EXACT: Readonly<Record<string, ReadonlyMap<string, VenueErrorKind>>> = {
  binance: indexed(binance),
  bybit: indexed(bybit),
  upbit: indexed(upbit),
  bithumb: indexed(bithumb),
};

/** What a venue's code says; `undefined`: nobody here knows it. */
export function venueErrorKind(venue: VenueId, venueCode: string): VenueErrorKind | undefined {
  if (venueCode.startsWith('paper.')) return PAPER[venueCode];
  const exact = EXACT[venue]?.get(venueCode);
  return exact ?? CODES[venue]?.families.find(([pattern]) => pattern.test(venueCode))?.[1];
}

/** A venue as people call it: `Binance`; of those added, the name within `ccxt:kraken`. */
export function venueTitle(venue: VenueId): string {
  const name = venue.slice(venue.indexOf(':') + 1);
  return plainWords(name.charAt(0).toUpperCase() + name.slice(1));
}

/** What happened, what it means for the money, what to do. `undefined`: the code is not known. */
export function venueErrorText(venue: VenueId, venueCode: string): string | undefined {
  const kind = venueErrorKind(venue, venueCode);
  if (kind === undefined) return undefined;
  const named = { venue: venueTitle(venue) };
  return [
    i18next.t(`venueerror.${kind}`, named),
    i18next.t(`venuemoney.${VENUE_ERRORS[kind]}`),
    i18next.t(`venueerror.${kind}-do`, named),
  ].join(' ');
}

/** The venue's code and its words, the code once: some carry it, and the status of the answer, before the words as well. */
export function venueWords(code: string | undefined, message: string | undefined): string {
  const words = plainWords((message ?? '').replace(/^[1-5]\d\d (?=\S)/, ''));
  const shown = plainWords(code ?? '');
  if (shown === '' || words.startsWith(shown)) return words;
  return [shown, words].filter(Boolean).join(' ');
}

/**
 * All that is said of a refusal: our words where the code is known, and the venue's own, marked as such. A code nobody
 * knows is said to be unknown, and nothing is guessed from it.
 */
export function venueSaid(venue: VenueId, venueCode: string, message: string): string {
  const words = venueWords(venueCode, message);
  const what =
    venueErrorText(venue, venueCode) ?? i18next.t('venueerror.unknown', { venue: venueTitle(venue) });
  return words === '' ? what : i18next.t('rejection.said', { what, words });
}
