import type { Settings } from '#shared/contract/settings.ts';
import { accountId, accountVenue } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { Question } from '#shared/domain/question.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';

type Trading = Settings['trading'];
type Money = TradingLimits['maxNotional'];

const CURRENCIES = ['USDT', 'KRW'] as const;

/**
 * Whether anything may leave under `now` that could not, or not unasked, under `before`. All limits loosen upwards. What
 * changes how a window behaves (one click, keys, buttons) loosens nothing here.
 */
export function isLooser(before: Trading, now: Trading): boolean {
  if ((now.mainnet && !before.mainnet) || now.disarmAfterMin > before.disarmAfterMin) return true;
  const venues = new Set([...Object.keys(before.venues), ...Object.keys(now.venues)]);
  const accounts = new Set([...Object.keys(before.accounts), ...Object.keys(now.accounts)]);
  // Whatever is named nowhere has the general ones.
  const anywhere = [undefined, ...venues].flatMap((venue) =>
    [undefined, ...accounts].map((account) => [venue, account] as const),
  );
  return anywhere.some(([venue, account]) => {
    // Only accounts of a venue meet its limits; one whose id says nothing is taken for any.
    if (venue !== undefined && account !== undefined && (venueIn(account) ?? venue) !== venue) return false;
    return isWider(limitsAt(before, venue, account), limitsAt(now, venue, account));
  });
}

/** The widest limits that hold for any account at a venue. */
export function widestAt(
  settings: Trading,
  venue: VenueId,
): Extract<Question, { readonly kind: 'arm' }>['limits'] {
  const accounts = Object.keys(settings.accounts).filter((account) => venueIn(account) === venue);
  const all = [undefined, ...accounts].map((account) => limitsAt(settings, venue, account));
  const widest = (name: 'maxNotional' | 'dailyNotional' | 'confirmAbove'): Money => ({
    USDT: Math.max(...all.map((limits) => limits[name].USDT)),
    KRW: Math.max(...all.map((limits) => limits[name].KRW)),
  });
  return {
    maxNotional: widest('maxNotional'),
    dailyNotional: widest('dailyNotional'),
    confirmAbove: widest('confirmAbove'),
  };
}

/** As `limitsFor`, by names as they stand in the settings. */
function limitsAt(settings: Trading, venue: string | undefined, account: string | undefined): TradingLimits {
  const own = (set: Trading['venues'], name: string | undefined) =>
    Object.entries((name !== undefined && set[name]) || {}).filter(([, value]) => value !== undefined);
  return {
    ...settings.limits,
    ...(Object.fromEntries(own(settings.venues, venue)) as Partial<TradingLimits>),
    ...(Object.fromEntries(own(settings.accounts, account)) as Partial<TradingLimits>),
  };
}

function isWider(before: TradingLimits, now: TradingLimits): boolean {
  return (Object.keys(before) as (keyof TradingLimits)[]).some((name) => {
    const [one, other] = [before[name], now[name]];
    if (typeof one === 'number' || typeof other === 'number') return Number(other) > Number(one);
    return CURRENCIES.some((currency) => other[currency] > one[currency]);
  });
}

function venueIn(account: string): VenueId | undefined {
  try {
    return accountVenue(accountId(account));
  } catch {
    return undefined; // a hand wrote it: it is no account's
  }
}
