import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';

const script = readFileSync(join(import.meta.dirname, 'login-page', 'login.js'), 'utf8');

type Answer = { status: number; code?: string } | 'no answer';

/** The page's script on a page that is just enough of one. */
async function openPage(hash: string, answer: Answer = { status: 204 }, language = 'en-GB') {
  const elements = { '#what': { textContent: '' }, '#todo': { textContent: '' } };
  const asked: unknown[] = [];
  const seen: string[] = [];
  const root = { lang: '' };
  let hashChanged: () => void = () => undefined;
  const location = { hash, replace: (path: string) => seen.push(`went to ${path}`) };
  const page = createContext({
    location,
    URLSearchParams,
    navigator: { language },
    document: {
      documentElement: root,
      querySelector: (name: keyof typeof elements) => elements[name],
    },
    history: { replaceState: (_state: unknown, _title: string, path: string) => seen.push(`shows ${path}`) },
    addEventListener: (_name: 'hashchange', listener: () => void) => {
      hashChanged = listener;
    },
    fetch: async (path: string, { method, body }: { method: string; body: string }) => {
      asked.push([method, path, JSON.parse(body)]);
      if (answer === 'no answer') throw new TypeError('fetch failed');
      return { status: answer.status, json: async () => ({ code: answer.code }) };
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  runInContext(script, page);
  await settle();
  return {
    asked,
    seen,
    root,
    text: () => `${elements['#what'].textContent}. ${elements['#todo'].textContent}`,
    async paste(next: string) {
      location.hash = next;
      hashChanged();
      await settle();
    },
  };
}

test('a good token is taken off the address, swapped by POST, and the window opens', async () => {
  const { asked, seen } = await openPage('#token=abc');
  expect([seen, asked]).toEqual([['shows /', 'went to /'], [['POST', '/login', { token: 'abc' }]]]);
});

test('without a token nothing is asked, and the page says what to do', async () => {
  const { asked, seen, text } = await openPage('');
  expect([asked, seen]).toEqual([[], ['shows /']]);
  expect(text()).toMatch(/^This address needs a link\. Press Enter in the terminal/);
});

test.each<[Answer, RegExp]>([
  [{ status: 401, code: 'login.unknown' }, /^This link is not from the Heartline running here\. Press Enter/],
  [{ status: 401, code: 'login.used' }, /^This link was used already\. Press Enter/],
  [
    { status: 401, code: 'login.expired' },
    /^This link has expired\. A link works for one minute\. Press Enter/,
  ],
  [{ status: 429, code: 'login.locked' }, /^Too many wrong links\. Nobody can sign in for a minute/],
  [{ status: 400, code: 'login.malformed' }, /^This link is not complete\. Press Enter/],
  [{ status: 418, code: 'something.new' }, /^This link is not from the Heartline running here/],
  ['no answer', /^Heartline does not answer\. It may have been stopped/],
])('%j is told in words, with what to do', async (answer, words) => {
  const { text, seen } = await openPage('#token=abc', answer);
  expect(text()).toMatch(words);
  expect(seen).toEqual(['shows /']);
});

test('a new link pasted into the same tab is used at once', async () => {
  const { paste, asked, seen } = await openPage('');
  await paste('#token=fresh');
  expect([asked, seen]).toEqual([
    [['POST', '/login', { token: 'fresh' }]],
    ['shows /', 'shows /', 'went to /'],
  ]);
});

test('it speaks Korean to a Korean browser', async () => {
  const { root, text } = await openPage('', undefined, 'ko-KR');
  expect([root.lang, text()]).toEqual(['ko', expect.stringContaining('터미널에서 Enter')]);
});
