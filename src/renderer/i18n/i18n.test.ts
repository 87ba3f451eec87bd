import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shellWords } from '#shared/domain/shell-words.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { chooseLanguage, isUnspoken } from './language.ts';

const ROOT = new URL('../', import.meta.url);
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) =>
      /\.tsx?$/.test(path) && !path.includes('.test.') && !/^i18n.(?:en|ko)(?:\.ts$|[\\/])/.test(path),
  )
  .map((path) => ({ path, text: withoutComments(readFileSync(new URL(path, ROOT), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

/** `tape.dropped_one` and `tape.dropped_other` are asked for as `tape.dropped`. */
function askedAs(key: string): string {
  return key.replace(/_(?:one|other)$/, '');
}

const known = new Set(Object.keys(en).map(askedAs));
const literals = new Set(
  sources.flatMap(({ text }) => [...text.matchAll(/'([a-z]+\.[A-Za-z0-9.-]+)'/g)].map(([, key = '']) => key)),
);

/** Keys that end in a code of the engine, which may have dots of its own. */
const CODED = /^(?:errors|happened|cause|sign|connection|private|why)\./;

/** Keys made at run time: `` `order.${kind}-do` `` uses `order.limit-do`, and neither `order.limit` nor `order.limit.more`. */
const made = sources.flatMap(({ path, text }) =>
  [
    ...text.matchAll(
      /`((?:[a-z]+\.)+(?:[A-Za-z0-9.-]|\$\{[^`{}]*\})*\$\{[^`{}]*\}(?:[A-Za-z0-9.-]|\$\{[^`{}]*\})*)`/g,
    ),
  ].map(([, template = '']) => ({
    path,
    template,
    pattern: new RegExp(
      `^${template
        .split(/\$\{[^`{}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join(CODED.test(template) ? '[A-Za-z0-9_.-]+' : '[A-Za-z0-9_-]+')}$`,
    ),
  })),
);

/** First words of keys: a template that begins with one of them is a key. */
const FAMILIES = new Set(Object.keys(en).map((key) => key.slice(0, key.indexOf('.'))));

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))].sort();
}

function textsOf(words: object): readonly string[] {
  return Object.values(words).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsOf(value) : [],
  );
}

describe('the texts of the desk', () => {
  it('are the same in both languages: keys, placeholders, none empty', () => {
    const differing = Object.entries(en).filter(
      ([key, text]) =>
        text.trim() === '' ||
        (ko[key as keyof typeof en] ?? '').trim() === '' ||
        placeholders(text).join() !== placeholders(ko[key as keyof typeof en] ?? '').join(),
    );
    expect({ differing, extra: Object.keys(ko).filter((key) => !(key in en)) }).toEqual({
      differing: [],
      extra: [],
    });
  });

  it('stand in one file each: of two with one key, the one spread last would silently replace the other', () => {
    const files = ['en', 'ko'].flatMap((language) =>
      readdirSync(new URL(`i18n/${language}/`, ROOT)).map((file) => `i18n/${language}/${file}`),
    );
    const places = new Map<string, string[]>();
    for (const file of [...files, 'i18n/en.ts', 'i18n/ko.ts']) {
      const language = file.slice('i18n/'.length, 'i18n/en'.length);
      for (const [, key = ''] of readFileSync(new URL(file, ROOT), 'utf8').matchAll(/^ {2}'([^']+)':/gm)) {
        const named = `${language} ${key}`;
        places.set(named, [...(places.get(named) ?? []), file]);
      }
    }
    expect([...places].filter(([, where]) => where.length > 1)).toEqual([]);
  });

  it('have both forms where they count, each with its number or name', () => {
    const forms = new Map<string, string[]>();
    for (const key of Object.keys(en)) {
      const form = /_(?:one|other)$/.exec(key)?.[0];
      if (form !== undefined) forms.set(askedAs(key), [...(forms.get(askedAs(key)) ?? []), form]);
    }
    expect([...forms].filter(([, given]) => given.sort().join() !== '_one,_other')).toEqual([]);
    // A plain key beside counted ones would never be asked for.
    expect([...forms.keys()].filter((key) => key in en)).toEqual([]);
  });

  it('are all used somewhere', () => {
    const unused = [...known].filter(
      (key) => !literals.has(key) && !made.some(({ pattern }) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('are all there for what the code asks, also where it makes the key at run time', () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)]
        .map(([, key = '']) => key)
        .filter((key) => !known.has(key))
        .map((key) => `${path}: ${key}`),
    );
    const unmade = made
      .filter(({ template }) => FAMILIES.has(template.slice(0, template.indexOf('.'))))
      .filter(({ pattern }) => ![...known].some((key) => pattern.test(key)))
      .map(({ path, template }) => `${path}: ${template}`);
    expect({ missing, unmade }).toEqual({ missing: [], unmade: [] });
  });

  it('stand nowhere else: no component writes a word of its own', () => {
    const written = sources.flatMap(({ path, text }) =>
      [
        ...(path.endsWith('.tsx')
          ? [
              // Between tags, on one line or alone on its line.
              ...text.matchAll(/<\/?[a-zA-Z][^<>]*>\s*([^<>{}]*[A-Za-z가-힣]{2,}[^<>{}]*)\s*<\//g),
              ...text.matchAll(
                /\b(?:title|aria-(?:label|description|roledescription|valuetext|placeholder)|placeholder|alt|label|legend|summary)=(?:"|\{['"`])([^"'`{}$]*[A-Za-z가-힣]{2,}[^"'`{}$]*)/g,
              ),
            ]
          : []),
        // Written past React: on a canvas, into an element, into the window's title.
        ...text.matchAll(/\.fillText\(\s*['"`]([^'"`$]*[A-Za-z가-힣]{2,})/g),
        ...text.matchAll(
          /\.(?:textContent|innerText|title|ariaLabel|placeholder)\s*=\s*['"`]([^'"`$]*[A-Za-z가-힣]{2,})/g,
        ),
        ...text.matchAll(
          /setAttribute\(\s*'(?:aria-label|title|placeholder)',\s*['"`]([^'"`$]*[A-Za-z가-힣]{2,})/g,
        ),
        // Whole words of Hangul; single letters are for keyboards and searches.
        ...text.matchAll(/['"`]([^'"`\n]*[가-힣]{2,}[^'"`\n]*)['"`]/g),
      ].map(([, words = '']) => `${path}: ${words.trim()}`),
    );
    expect(written.filter((one) => !HANGUL_AT_WORK.test(one))).toEqual([]);
  });
});

/** Where Hangul is what is worked on or searched for, not what is said; and the one page that stands before any language was chosen. */
const HANGUL_AT_WORK =
  /^(?:ui\/(?:hangul-|format-)|i18n\/(?:josa|load-glyphs)\.|popout\.|commands\/|.*match-instruments)/;

/** Names and signs that are the same in every language. */
const LATIN = new Set(
  (
    'Heartline Binance Bybit Upbit Bithumb TradingView Lightweight Charts Apache License Inc Inter Pretendard SIL Open Font ' +
    'DEMO API REST ccxt CSV IP VPN UTC KST HTTP https http JSON OS URL ID PnL OCO DNS TLS UI CPU RSS MB ms Hz zip ' +
    'Enter Shift Esc Alt Ctrl Cmd Delete Tab Home End Backspace Space F2 PageUp PageDown Meta Option ' +
    'BTC ETH USDT KRW USD FX GTC IOC FOK GTX Post Only EMA SMA VWAP RSI MACD ATR bp Reduce Heikin Ashi ' +
    'Keychain KEY x s h m d K M ' +
    'p50 p99 SHA npm run audit verify RESUME Page Up Down ' +
    'Enable Reading Futures Withdrawals Read Write Only Contract Spot Wallet English'
  ).split(' '),
);

describe('the Korean', () => {
  it('is Korean: each text has Hangul where the English has words, and no English word but names', () => {
    const bare = (text: string) => text.replaceAll(/\{\{\w+\}\}/g, ' ');
    const left = Object.entries(ko).flatMap(([key, text]) => {
      const words = [...bare(text).matchAll(/[A-Za-z][A-Za-z0-9]*/g)].map(([word]) => word);
      return words.filter((word) => word.length > 1 && !LATIN.has(word)).map((word) => `${key}: ${word}`);
    });
    expect(left).toEqual([]);
  });

  it('never guesses a particle after what is filled in: it writes both, and the right one is chosen', () => {
    const guessed = Object.entries(ko).filter(([, text]) =>
      /\}\}["”’]*(?:을|를|은|는|이|가|과|와|로|으로|라는|이라는)(?=[\s.,:…]|$)/.test(text),
    );
    expect(guessed).toEqual([]);
  });

  it('speaks politely and in one manner throughout', () => {
    const curt = [
      ...Object.entries(ko),
      ...textsOf(shellWords.ko).map((text) => ['shell', text] as const),
    ].filter(([, text]) => /(?<!니)다[.!](?:\s|$)|십시오|해요[.!]|시오[.!]/.test(text));
    expect(curt).toEqual([]);
  });

  it('is complete in what the shells say without a window', () => {
    expect(textsOf(shellWords.ko).filter((text) => !/[가-힣]/.test(text))).toEqual([]);
    expect(textsOf(shellWords.en).filter((text) => /[가-힣]/.test(text))).toEqual([]);
  });
});

describe('the language', () => {
  it('is the setting, else the first the system prefers and we speak, else English', () => {
    expect([
      chooseLanguage('ko', ['en-US']),
      chooseLanguage('system', ['ja-JP', 'ko-KR', 'en']),
      chooseLanguage('system', ['fr-FR']),
      chooseLanguage('system', []),
      // A hand's mistake in the settings, or another version's.
      chooseLanguage('kr' as 'ko', ['ko-KR']),
      // Not Korean: Konkani.
      chooseLanguage('system', ['kok-IN']),
    ]).toEqual(['ko', 'ko', 'en', 'en', 'ko', 'en']);
  });

  it('says so where it had to fall back to English', () => {
    expect([
      isUnspoken('system', ['fr-FR', 'de']),
      isUnspoken('system', ['fr-FR', 'ko']),
      isUnspoken('system', []),
      isUnspoken('en', ['fr-FR']),
    ]).toEqual([true, false, false, false]);
  });
});
