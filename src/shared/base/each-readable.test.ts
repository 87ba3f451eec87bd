import { describe, expect, it } from 'vitest';
import { eachReadable } from './each-readable.ts';
import { Misshapen } from './wire.ts';

const read = (row: unknown) => {
  if (row === 'other') return undefined;
  if (typeof row !== 'number') throw new Misshapen('no number');
  return [row, row * 10];
};

describe('a long list', () => {
  it('loses no readable row to one that is not, and counts what it could not read', () => {
    expect(eachReadable([1, 'bad', 'other', 2], read)).toEqual({ rows: [1, 10, 2, 20], unread: 1 });
  });

  it('is refused where nothing could be read, and is empty where nothing was there', () => {
    expect(() => eachReadable(['bad', null], read)).toThrow(Misshapen);
    expect(eachReadable(['other'], read)).toEqual({ rows: [], unread: 0 });
  });

  it('hides no fault that is not the row’s', () => {
    const broken = () => {
      throw new TypeError('a mistake of ours');
    };
    expect(() => eachReadable([1], broken)).toThrow(TypeError);
  });
});
