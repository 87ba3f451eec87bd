import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { ko } from './ko.ts';
import { chooseLanguage } from './language.ts';

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

// Keys made at run time: `health.${kind}` uses every key that begins with `health.`.
const prefixes = sources.flatMap(({ text }) =>
  [...text.matchAll(/`([a-z]+(?:\.[a-z]+)*\.)\$\{[^`]*`/g)].map(([, prefix = '']) => prefix),
);
const literals = new Set(
  sources.flatMap(({ text }) => [...text.matchAll(/'([a-z]+\.[A-Za-z0-9.-]+)'/g)].map(([, key = '']) => key)),
);

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();
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

  it('are all used somewhere', () => {
    const unused = Object.keys(en)
      .map(askedAs)
      .filter((key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('are all there for what the code asks', () => {
    const known = new Set(Object.keys(en).map(askedAs));
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)]
        .map(([, key = '']) => key)
        .filter((key) => !known.has(key))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('stand nowhere else: no component writes a word of its own', () => {
    const written = sources
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) =>
        [
          // Between tags, on one line or alone on its line.
          ...text.matchAll(/<\/?[a-zA-Z][^<>]*>\s*([^<>{}]*[A-Za-z가-힣]{2,}[^<>{}]*)\s*<\//g),
          ...text.matchAll(/\b(?:title|aria-label|placeholder|alt|label)="([^"]*[A-Za-z가-힣]{2,}[^"]*)"/g),
        ].map(([, words = '']) => `${path}: ${words.trim()}`),
      );
    expect(written).toEqual([]);
  });
});

describe('the language', () => {
  it('is the setting, else the first the system prefers and we speak, else English', () => {
    expect([
      chooseLanguage('ko', ['en-US']),
      chooseLanguage('system', ['ja-JP', 'ko-KR', 'en']),
      chooseLanguage('system', ['fr-FR']),
    ]).toEqual(['ko', 'ko', 'en']);
  });
});
