import { expect, it } from 'vitest';
import { readPreset } from './read-preset.ts';

it('reads a preset as a share or in the unit chosen, and nothing that is no number', () => {
  expect([
    readPreset('25%', 'base'),
    readPreset(' 12.5 % ', 'quote'),
    readPreset('0.05', 'base'),
    readPreset('1,000', 'quote'),
    readPreset('0.05', 'percent'),
    readPreset('0', 'base'),
    readPreset('all', 'base'),
    readPreset('', 'base'),
    readPreset('0,05', 'base'),
  ]).toEqual([
    { unit: 'percent', quantity: '25' },
    { unit: 'percent', quantity: '12.5' },
    { unit: 'base', quantity: '0.05' },
    { unit: 'quote', quantity: '1000' },
    { unit: 'base', quantity: '0.05' },
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
