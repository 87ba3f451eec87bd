import { describe, expect, test } from 'vitest';
import { en } from '../../i18n/en.ts';
import { plainSettings } from '../../stores/test-kit/plain-settings.ts';
import { settingFields, textsOf } from './setting-fields.ts';
import { changeOf, firstValue, isChanged, valueAt, valuesOf } from './setting-value.ts';

const held = plainSettings();
const own = 'connections.venueStaleAfterMs.binance';

describe('the settings by path', () => {
  test('every field of the page stands somewhere in the settings, but for what is no field', () => {
    const lost = settingFields(['upbit', 'bithumb']).filter(
      ({ kind, id }) => kind !== 'block' && kind !== 'switch' && valueAt(held, id) === undefined,
    );
    expect(lost).toEqual([]);
  });

  test('every field has a name, a meaning, and other names to be found by', () => {
    const missing = settingFields(['upbit']).flatMap((field) =>
      ['', '-means', '-words'].map((end) => `setting.${textsOf(field)}${end}`).filter((key) => !(key in en)),
    );
    expect(missing).toEqual([]);
  });

  test('several changes of one section are one, and leave the rest of it alone', () => {
    expect(
      changeOf(held, [
        ['connections.heartbeatMs', 2000],
        [own, 12_000],
        ['theme', 'light'],
      ]),
    ).toEqual({
      connections: {
        ...held.connections,
        heartbeatMs: 2000,
        venueStaleAfterMs: { upbit: 60_000, bithumb: 60_000, binance: 12_000 },
      },
      theme: 'light',
    });
  });

  test('back to the defaults and back again leaves what there was', () => {
    const changed = {
      ...held,
      ...changeOf(held, [
        [own, 12_000],
        ['rates.errors', 1],
      ]),
    };
    const paths = [own, 'rates.errors'];
    const before = valuesOf(changed, paths);
    const reset = {
      ...changed,
      ...changeOf(
        changed,
        paths.map((path) => [path, firstValue(path)]),
      ),
    };
    expect([
      paths.map((path) => isChanged(changed, path)),
      reset,
      { ...reset, ...changeOf(reset, before) },
    ]).toEqual([[true, true], held, changed]);
  });

  test('a switch that was put off again is as one nobody touched', () => {
    const off = { ...held, ...changeOf(held, [['connections.compression.upbit', false]]) };
    const on = { ...held, ...changeOf(held, [['connections.compression.upbit', true]]) };
    expect([off, on].map((one) => isChanged(one, 'connections.compression.upbit'))).toEqual([false, true]);
  });

  test('names of everybody’s objects are no settings', () => {
    expect([valueAt(held, 'constructor'), valueAt(held, 'connections.compression.__proto__')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
