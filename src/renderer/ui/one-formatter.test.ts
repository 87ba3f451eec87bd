import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !path.includes('test-kit/'))
  .map((path) => ({ path, lines: readFileSync(new URL(path, ROOT), 'utf8').split('\n') }));

/** Ways to make text of a number or a time that pass the formatters by. */
const OWN_WAY =
  /\.(?:toFixed|toPrecision|toExponential|toLocale(?:String|DateString|TimeString)|toISOString|toUTCString|toDateString|toTimeString|getTimezoneOffset|get(?:UTC)?(?:Hours|Minutes|Seconds|Date|Day|Month|FullYear))\(|\bIntl\.(?:Number|DateTime|RelativeTime|Duration)/;

/** A number rounded to one again is not written out: what comes of binary fractions is cut off. */
const NUMBER_AGAIN = /Number\(.*\.toPrecision\(\d+\)\)/g;

it('has one family of formatters: nothing else in the window writes out a number or a time', () => {
  const found = sources
    .filter(({ path }) => !/^ui\/format-[a-z]+\.ts$/.test(path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, at) =>
        OWN_WAY.test(line.replaceAll(NUMBER_AGAIN, '')) ? [`${path}:${at + 1}: ${line.trim()}`] : [],
      ),
    );
  expect(found).toEqual([]);
});

it('reads every file of the window, and knows what it looks for', () => {
  const seen = ['x.toFixed(2)', 'new Intl.NumberFormat()', 'at.getUTCHours()', 'n.toLocaleString()'];
  expect([
    sources.length > 300,
    seen.every((line) => OWN_WAY.test(line)),
    OWN_WAY.test('formatClock(at)'),
  ]).toEqual([true, true, false]);
});
