import i18next from 'i18next';
import type { ChangeAnswer } from '#shared/contract/order-views.ts';
import { type AccountId, accountVenue } from '#shared/domain/account.ts';
import type { Denial, GuardRule, Trust } from '#shared/domain/order-check.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { formatExact } from '../ui/format-exact.ts';
import { formatAge } from '../ui/format-time.ts';
import { currentLanguage } from './i18n.ts';
import { plainWords } from './plain-words.ts';
import { venueErrorText, venueSaid, venueTitle, venueWords } from './venue-error-text.ts';

/** A limit, a value or what would pass: figures grouped, words of ours in the person's language. */
function figure(text: string): string {
  const key = `guardword.${text}`;
  return i18next.exists(key) ? String(i18next.t(key as 'guardword.price')) : formatExact(text);
}

/** Their limit is a price of the market, which may have digits that no order has. What would pass is said beside it, exactly. */
const OF_MARKET: ReadonlySet<GuardRule> = new Set(['collar', 'currency', 'trigger-side']);
const DIGITS = 8;

function marketPrice(text: string): string {
  const [, whole = '', fraction = ''] = /^(\d+)\.(\d+)$/.exec(text) ?? [];
  const digits = Math.max(0, DIGITS - whole.length);
  // A small price begins with noughts: those are none of its digits.
  const lead = /^0*$/.test(whole) ? (/^0*/.exec(fraction)?.[0].length ?? 0) + 1 : 0;
  return fraction.length <= digits + lead ? figure(text) : formatExact(text, digits + lead);
}

/** Which rule, which limit, what was asked. */
export function denialText({ rule, limit, value, unit = '' }: Denial): string {
  // Limits are set in dollars and in won: in any other currency there is none, and what has none does not leave.
  if (limit === 'none' && (rule === 'max-notional' || rule === 'daily-notional')) {
    return i18next.t('denial.no-limit', { unit });
  }
  const bound = OF_MARKET.has(rule) ? marketPrice(limit) : figure(limit);
  return i18next.t(`denial.${rule}`, { limit: bound, value: figure(value), unit }).trim();
}

/** What would pass, a figure; `undefined` where there is none. */
export function passesText({ passes, unit = '' }: Denial): string | undefined {
  if (passes === undefined || !/^[\d.]+(?: \/ [\d.]+)?$/.test(passes) || unit === 's' || passes === '0')
    return undefined;
  const figures = passes.split(' / ').map(figure).join(' / ');
  return i18next.t('denial.passes', { passes: figures, unit }).trim();
}

/** The one proof that fails, in a few words. */
export function trustText(trust: Extract<Trust, { kind: 'blocked' }>): string {
  return i18next.t(`trust.${trust.reason}`);
}

/** What that means and what to do about it, with what was measured where that was. */
export function trustMeaning({ reason, measured, limit }: Extract<Trust, { kind: 'blocked' }>): string {
  const meaning = i18next.t(`trust.${reason}-do`);
  if (measured === undefined) return meaning;
  const told = { measured: measuredText(measured), limit: measuredText(limit ?? '') };
  const key = limit === undefined ? 'trust.measured' : 'trust.measured-limit';
  return `${meaning} ${i18next.t(key, told)}`;
}

/** Milliseconds as a length of time; words of the engine in the person's. */
function measuredText(text: string): string {
  if (/^\d+$/.test(text)) return formatAge(Number(text), currentLanguage());
  for (const key of [`trustword.${text}`, `accountstate.${text}`, `cause.${text}`]) {
    if (i18next.exists(key)) return String(i18next.t(key as 'trustword.owed'));
  }
  return text;
}

/** Why a venue refused: its code, its words, and a sentence of ours. `undefined` where it did not. */
export function rejectionText({ account, rejection, state }: OwnOrder): string | undefined {
  if (rejection === undefined) return undefined;
  const venue = accountVenue(account);
  if (state === 'unsent') {
    // Mostly never sent at all: the code is the engine's own, and the venue said nothing.
    const key = `errors.${rejection.venueCode}`;
    if (i18next.exists(key)) {
      return String(i18next.t(key as 'errors.rest.crowded', { venue: venueTitle(venue) }));
    }
    // Turned away at the venue's door, with a code of its own.
    return venueErrorText(venue, rejection.venueCode) === undefined
      ? plainWords(rejection.message) || undefined
      : venueSaid(venue, rejection.venueCode, rejection.message);
  }
  return venueSaid(venue, rejection.venueCode, rejection.message);
}

/** What came of a cancel or an amendment, in a sentence. With the account, a venue's code is put into words. */
export function changeText(
  { verdict, venueCode, message, denials, trust }: ChangeAnswer,
  account?: AccountId,
): string {
  const said =
    account !== undefined && verdict === 'rejected' && venueCode !== undefined
      ? venueErrorText(accountVenue(account), venueCode)
      : undefined;
  const why = [
    ...(denials ?? []).map(denialText),
    ...(trust?.kind === 'blocked' ? [trustText(trust)] : []),
    ...(said === undefined ? [] : [said]),
    ...(venueCode === undefined && message === undefined ? [] : [venueWords(venueCode, message)]),
  ].join(' · ');
  return [i18next.t(`change.${verdict}`), why].filter(Boolean).join(' ');
}

/** Where the kill switch was pressed: `kill (process 4711)` and the like, in the person's words where they are known. */
export function haltedFrom(from: string): string {
  const [name = from] = from.split(' ');
  const key = `from.${name}`;
  return i18next.exists(key) ? String(i18next.t(key as 'from.window')) : from;
}
