import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingsSchema } from '#shared/contract/settings.ts';
import { plainSettings } from '../../stores/test-kit/plain-settings.ts';
import { readSetting, showSetting } from './read-setting.ts';
import { type NumberSetting, settingFields } from './setting-fields.ts';
import { changeOf } from './setting-value.ts';

const fields = settingFields(['binance', 'upbit']);
const numbers = fields.filter((field) => field.kind === 'number');
const fieldOf = (id: string) => numbers.find((field) => field.id === id) as NumberSetting;
const seconds = fieldOf('connections.staleAfterMs');
const percent = fieldOf('rates.reduction');

describe('a number that was typed', () => {
  test.each([
    ['20', { kind: 'number', value: 20_000 }],
    [' 12.5 ', { kind: 'number', value: 12_500 }],
    ['12.0005', { kind: 'refused', why: 'fraction' }],
    ['', { kind: 'refused', why: 'empty' }],
    ['abc', { kind: 'refused', why: 'nonsense' }],
    ['1e9999', { kind: 'refused', why: 'nonsense' }],
    ['2e1', { kind: 'refused', why: 'nonsense' }],
    ['1,5', { kind: 'refused', why: 'nonsense' }],
    ['<b>20</b>', { kind: 'refused', why: 'nonsense' }],
    ['0x14', { kind: 'refused', why: 'nonsense' }],
    ['Infinity', { kind: 'refused', why: 'nonsense' }],
    ['2\u202e0', { kind: 'refused', why: 'nonsense' }],
    ['9', { kind: 'refused', why: 'low' }],
    ['-20', { kind: 'refused', why: 'low' }],
    ['31', { kind: 'refused', why: 'high' }],
    ['9'.repeat(400), { kind: 'refused', why: 'high' }],
  ])('%j', (text, read) => {
    expect(readSetting(text, seconds)).toEqual(read);
  });

  test('as percent has no noise of binary fractions in it', () => {
    expect([readSetting('57', percent), showSetting(0.57, percent), showSetting(0.29, percent)]).toEqual([
      { kind: 'number', value: 0.57 },
      57,
      29,
    ]);
  });

  test('may be left out only where something else holds', () => {
    expect([
      readSetting('', fieldOf('connections.venueStaleAfterMs.upbit')),
      readSetting('', seconds),
    ]).toEqual([{ kind: 'inherited' }, { kind: 'refused', why: 'empty' }]);
  });

  test('shown again is the number itself, for each within the bounds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.double({ min: 0, max: 1, noNaN: true }), (field, share) => {
        const raw = field.least + (field.most - field.least) * share;
        const value = field.whole ? Math.round(raw) : Number(raw.toPrecision(4));
        if (value < field.least || value > field.most) return;
        const shown = showSetting(value, field);
        if (!/^\d+(?:\.\d+)?$/.test(String(shown))) return;
        expect(readSetting(String(shown), field)).toEqual({ kind: 'number', value });
      }),
    );
  });

  test('that is taken is taken by the engine too, to the very bounds', () => {
    const wrong = numbers.flatMap((field) =>
      [field.least, field.most].filter((value) => {
        const read = readSetting(String(showSetting(value, field)), field);
        if (read.kind !== 'number') return true;
        const change = changeOf(plainSettings(), [[field.id, read.value]]);
        return !settingsSchema.partial().safeParse(change).success;
      }),
    );
    expect(wrong).toEqual([]);
  });
});
