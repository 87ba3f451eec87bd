import { readFileSync } from 'node:fs';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { plainWords } from './plain-words.ts';
import { errorText } from './text-for.ts';
import { VENUE_ERRORS } from './venue-error-kind.ts';
import { venueErrorKind, venueErrorText, venueSaid } from './venue-error-text.ts';

const VENUES = new URL('../../venues/', import.meta.url);

beforeAll(async () => {
  await i18next.init({
    resources: { en: { translation: en }, ko: { translation: ko } },
    lng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
});

// Read, not imported: the window must not lean on a venue, but has to have words for what its tables name.
function codesNamed(venue: string): readonly string[] {
  const texts = ['order-verdict.ts', 'account-refusal.ts', 'refusal.ts'].map((file) =>
    readFileSync(new URL(`${venue}/${file}`, VENUES), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/\/\/.*$/gm, ''),
  );
  const numbers = texts.flatMap((text) =>
    [...text.matchAll(/(?:new (?:Set|Map)[^(]*\(\[|=\s)([\s\S]*?)(?:\]\)|;)/g)].flatMap(([, inside = '']) =>
      [...inside.matchAll(/(?<![\w.])-?\d{4,6}(?![\w.])/g)].map(([code]) => code),
    ),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/'([A-Za-z]+(?:_[A-Za-z]+)+|NotAllowIP)'/g)].map(([, name = '']) => name),
  );
  return [...new Set([...(venue === 'binance' || venue === 'bybit' ? numbers : []), ...names])].filter(
    // Times, not codes: they are used for waiting.
    (code) => !/^(?:60000|5000|1000|10000000)$/.test(code),
  );
}

/** The families a pattern of the verdict names: `under_min_total_bid` and the like. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  upbit: [
    'create_bid_error',
    'create_ask_error',
    'invalid_price_bid',
    'invalid_volume_ask',
    'under_min_total_bid',
    'over_max_total_ask',
    'over_krw_funds_bid',
    'insufficient_funds_ask',
    'duplicated_identifier',
  ],
  bithumb: [
    'invalid_price',
    'invalid_price_ask',
    'under_price_limit_bid',
    'under_min_total_ask',
    'over_max_total_bid',
    'insufficient_funds_bid',
    'cross_trading',
    'bank_account_required',
    'two_factor_auth_required',
    'blocked_member_id',
    'duplicate_client_order_id',
  ],
};

describe('what a venue refuses with', () => {
  it('has words for every code its tables of verdicts and refusals name', () => {
    const named = ['binance', 'bybit', 'upbit', 'bithumb'].map((venue) => {
      const codes = [...codesNamed(venue), ...(FAMILIES[venue] ?? [])];
      return {
        venue,
        few: codes.length < 8,
        unknown: codes.filter((code) => venueErrorKind(venue as VenueId, code) === undefined),
      };
    });
    expect(named).toEqual(
      ['binance', 'bybit', 'upbit', 'bithumb'].map((venue) => ({ venue, few: false, unknown: [] })),
    );
  });

  it('is told as what happened, what it means for the money, what to do, in either language', async () => {
    const english = venueErrorText('binance' as VenueId, '-2019');
    await i18next.changeLanguage('ko');
    const korean = venueErrorText('binance' as VenueId, '-1007');
    await i18next.changeLanguage('en');
    expect([english, korean]).toEqual([
      'The free margin at Binance does not cover it. Nothing was bought or sold by it. Make it smaller, add margin, or close something first.',
      'Binance의 체결 시스템이 제때 응답하지 않았습니다. 처리되었는지 아직 확인되지 않았습니다. Heartline이 확인될 때까지 찾으며, 같은 요청을 두 번 보내지 않습니다. 조회 결과를 기다리고, 그 전에는 다시 주문하지 마세요.',
    ]);
  });

  it('never says of an outcome nobody knows that nothing was bought', () => {
    const open = (['-1000', '-1006', '-1007', 'HTTP 408'] as const)
      .map((code) => venueErrorKind('binance' as VenueId, code))
      .concat(
        ['10000', '10014', '10016', '170007', '170032', '170146', '170147', '110079', '170191'].map((code) =>
          venueErrorKind('bybit' as VenueId, code),
        ),
      )
      .concat([
        venueErrorKind('upbit' as VenueId, 'nonce_used'),
        venueErrorKind('upbit' as VenueId, 'server_error'),
      ])
      .concat([venueErrorKind('bithumb' as VenueId, 'order_not_ready')]);
    expect(open.filter((kind) => kind === undefined || VENUE_ERRORS[kind] !== 'open')).toEqual([]);
  });

  it('shows the words of a code nobody knows as the venue’s own, on one line, unturned and cut', () => {
    const said = venueSaid('binance' as VenueId, '-7777', `<b>buy</b>\n\u202Eevil\u202C ${'x'.repeat(400)}`);
    expect([
      venueErrorKind('binance' as VenueId, '-7777'),
      venueErrorKind('ccxt:kraken' as VenueId, '-2019'),
    ]).toEqual([undefined, undefined]);
    expect(said.startsWith('Binance refused it for a reason Heartline has no words for.')).toBe(true);
    expect(said).toContain('The venue’s own words: “-7777 <b>buy</b> evil xxx');
    expect([
      said.length < 520,
      said.includes('\n'),
      /[\u202A-\u202E]/.test(said),
      said.endsWith('…”'),
    ]).toEqual([true, false, false, true]);
  });

  it('keeps words written from right to left to themselves', () => {
    expect(plainWords('خطأ 42')).toBe('\u2068خطأ 42\u2069');
  });

  it('is put into words where an account is asked, and there means that nothing was touched', () => {
    const fault = (venueCode: string, code: string) =>
      errorText(
        new HeartlineError(code, 'bybit answered HTTP 200: words of it', {
          details: { venue: 'bybit', venueCode, status: 200 },
        }),
      );
    expect([fault('10010', 'account.address'), fault('10016', 'account.venue.error')]).toEqual([
      'Bybit does not accept this key from this computer’s address. Nothing on your account was touched. Add the address to the key at Bybit; a VPN or a new line changes it. The venue’s own words: “10010 words of it”',
      'The venue answered with an error. Nothing on your account was touched. Try again in a moment. The venue’s own words: “10016 words of it”',
    ]);
  });
});
