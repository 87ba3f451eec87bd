import { expect, it } from 'vitest';
import { toCsv } from './to-csv.ts';

const write = (...texts: (string | undefined)[]) =>
  toCsv([{ heading: 'h', of: (text: string | undefined) => text }], texts)
    .split('\r\n')
    .slice(1, -1);

it('begins with a byte order mark and ends every line as the format says', () => {
  const two = [
    { heading: 'Instrument', of: () => 'BTC-USDT-PERP' },
    { heading: '수량', of: () => '-0.250' },
  ];
  expect(toCsv(two, [1])).toBe('\uFEFFInstrument,수량\r\nBTC-USDT-PERP,-0.250\r\n');
});

it('leaves decimals as they are, also negative ones, and what is not known empty', () => {
  expect(write('-12.50', '0.00000001', '12345678901234567.1', undefined)).toEqual([
    '-12.50',
    '0.00000001',
    '12345678901234567.1',
    '',
  ]);
});

it('never hands a spreadsheet something to calculate', () => {
  expect(write('=1+1', '+82', '-2+3', '@SUM(A1)', '\t=1', ' =1', '-1e5', '|cmd')).toEqual([
    "'=1+1",
    "'+82",
    "'-2+3",
    "'@SUM(A1)",
    "'\t=1",
    "' =1",
    "'-1e5",
    '|cmd',
  ]);
});

it('quotes what would break a line apart', () => {
  expect(toCsv([{ heading: 'a', of: (text: string) => text }], ['x,y', 'say "no"', 'two\nlines'])).toBe(
    '\uFEFFa\r\n"x,y"\r\n"say ""no"""\r\n"two\nlines"\r\n',
  );
});
