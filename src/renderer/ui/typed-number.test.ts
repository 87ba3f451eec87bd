import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caretIn, readEdit, readPasted, showTyped } from './typed-number.ts';

/** A field, typed into character by character as a browser tells it. */
function typing(keys: readonly string[], isSigned = false): string[] {
  let text = '';
  let shown = '';
  let wasNumber = true;
  return keys.map((key) => {
    const isDeletion = key === '⌫';
    shown = isDeletion ? shown.slice(0, -1) : shown + key;
    const read = readEdit({
      shown,
      caret: shown.length,
      inserted: isDeletion ? null : key,
      isDeletion,
      wasNumber,
      isSigned,
    });
    ({ text, isNumber: wasNumber } = read);
    shown = wasNumber ? showTyped(text) : text;
    return `${shown}${wasNumber ? '' : ' ✗'} = ${text}`;
  });
}

describe('a number being typed', () => {
  it('is grouped as it grows and never changes its value', () => {
    expect(typing([...'83860.205']).slice(3)).toEqual([
      '8,386 = 8386',
      '83,860 = 83860',
      '83,860. = 83860.',
      '83,860.2 = 83860.2',
      '83,860.20 = 83860.20',
      '83,860.205 = 83860.205',
    ]);
  });

  it('takes commas a person types where they group, and stands as typed and no number until they do', () => {
    expect([
      typing([...'1,000.5']).join(' | '),
      typing([...'0,05']).at(-1),
      typing([...'1,5']).at(-1),
    ]).toEqual([
      '1 = 1 | 1, ✗ = 1, | 1,0 ✗ = 1,0 | 1,00 ✗ = 1,00 | 1,000 = 1000 | 1,000. = 1000. | 1,000.5 = 1000.5',
      '0,05 ✗ = 0,05',
      '1,5 ✗ = 1,5',
    ]);
  });

  it('is never read as another one for a character that means nothing', () => {
    expect(['1e3', '1k', '-5', '1.2.3', '1 0', '١٢', '<b>'].map((text) => typing([...text]).at(-1))).toEqual([
      '1e3 ✗ = 1e3',
      '1k ✗ = 1k',
      '-5 ✗ = -5',
      '1.2.3 ✗ = 1.2.3',
      '1 0 ✗ = 1 0',
      '١٢ ✗ = ١٢',
      '<b> ✗ = <b>',
    ]);
  });

  it('loses digits, never its meaning, to the delete keys', () => {
    expect(typing([...'12345', '⌫', '⌫']).slice(-3)).toEqual(['12,345 = 12345', '1,234 = 1234', '123 = 123']);
    expect(typing([...'1x', '⌫']).at(-1)).toBe('1 = 1');
  });

  it('may be below zero where the field says so, and full-width everywhere', () => {
    expect([typing([...'-1234.5'], true).at(-1), typing([...'１２３４．５']).at(-1)]).toEqual([
      '-1,234.5 = -1234.5',
      '1,234.5 = 1234.5',
    ]);
  });

  it('is replaced as a whole by text that means one thing only', () => {
    const over = (inserted: string) =>
      readEdit({
        shown: inserted,
        caret: inserted.length,
        inserted,
        isDeletion: false,
        wasNumber: true,
        isSigned: false,
      });
    expect(['83,860.2', '1,5', '0,050', '12'].map(over)).toEqual([
      { text: '83860.2', isNumber: true },
      { text: '1,5', isNumber: false },
      { text: '0,050', isNumber: false },
      { text: '12', isNumber: true },
    ]);
  });

  it('keeps every digit, whatever is typed at whichever place', () => {
    const edits = fc.array(fc.tuple(fc.constantFrom(...'0123456789'), fc.nat(60)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(edits, (typed) => {
        let plain = '';
        let shown = '';
        for (const [digit, place] of typed) {
          const at = place % (shown.length + 1);
          const expected =
            shown.slice(0, at).replaceAll(',', '') + digit + shown.slice(at).replaceAll(',', '');
          const edited = shown.slice(0, at) + digit + shown.slice(at);
          const read = readEdit({
            shown: edited,
            caret: at + 1,
            inserted: digit,
            isDeletion: false,
            wasNumber: true,
            isSigned: false,
          });
          expect(read).toEqual({ text: expected, isNumber: true });
          plain = read.text;
          shown = showTyped(plain);
          expect(shown.replaceAll(',', '')).toBe(plain);
          // The caret stays behind the digit just typed.
          const caret = caretIn(shown, edited, at + 1, false);
          expect(shown.slice(0, caret).replaceAll(',', '')).toBe(edited.slice(0, at + 1).replaceAll(',', ''));
        }
      }),
      { seed: 83_860 },
    );
  });
});

describe('a number from the clipboard', () => {
  it('is cleaned of what does not belong to it', () => {
    const pasted = [
      '1,000.5',
      '１２３',
      '₩1,000',
      ' 1 000 000,'.replace(',', ''),
      '1,000원',
      'KRW 5,000',
      '$0.10',
      '12,345,678.90 USDT',
      '1’000.5',
      '007',
      '.5',
      '12.',
      '12345678901234567890.123456789',
    ];
    expect(pasted.map((text) => readPasted(text, false))).toEqual([
      '1000.5',
      '123',
      '1000',
      '1000000',
      '1000',
      '5000',
      '0.10',
      '12345678.90',
      '1000.5',
      '7',
      '0.5',
      '12',
      '12345678901234567890.123456789',
    ]);
  });

  it('is refused where it is none, or could be two', () => {
    const pasted = [
      '',
      '.',
      'abc',
      '1,5',
      '0,05',
      '1.000,5',
      '1.000.000',
      '1e5',
      '1,00,000',
      '-5',
      '5 BTC',
      '12 34',
      '<img src=x>',
      '‮123',
      '9'.repeat(41),
      '1,000 2,000',
      'NaN',
      'Infinity',
    ];
    expect(pasted.filter((text) => readPasted(text, false) !== undefined)).toEqual([]);
    expect([readPasted('−1,000.5', true), readPasted('-', true)]).toEqual(['-1000.5', undefined]);
  });
});

it('shows plain numbers in threes and everything else as it is', () => {
  expect(['1000', '999', '0012', '1234.5678', '-1234', 'abc', '1,5', '', '1000000.'].map(showTyped)).toEqual([
    '1,000',
    '999',
    '0012',
    '1,234.5678',
    '-1,234',
    'abc',
    '1,5',
    '',
    '1,000,000.',
  ]);
});

it('steps over a comma when deleting forwards', () => {
  expect([caretIn('1,000', '1000', 1, true), caretIn('1,000', '1000', 1, false)]).toEqual([2, 1]);
});
