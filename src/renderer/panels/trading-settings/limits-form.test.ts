import { describe, expect, it } from 'vitest';
import { SAFE_TRADING } from '#shared/contract/safe-trading.ts';
import { settingsSchema } from '#shared/contract/settings.ts';
import { boundsOf, LIMIT_FIELDS, readLimits, typedLimits, wrongFields } from './limits-form.ts';
import { joinPresets, readPresets } from './presets.ts';

const { limits } = SAFE_TRADING;
const trading = settingsSchema.shape.trading;

describe('limits as typed', () => {
  it('are read back as they were', () => {
    expect(readLimits(typedLimits(limits), limits)).toEqual(limits);
  });

  it('name every field the engine would refuse, and none besides', () => {
    const typed = {
      ...typedLimits(limits),
      collarPercent: '0.4',
      slippagePercent: '1,5',
      'maxNotional.USDT': '12,500',
      'maxNotional.KRW': '',
      depthSharePercent: '101',
      maxOpenOrders: '2.5',
      ordersPer10s: 'ten',
      'confirmAbove.USDT': '-1',
      'confirmAbove.KRW': '1e6',
    };
    expect(wrongFields(typed, false)).toEqual([
      'collarPercent',
      'slippagePercent',
      'maxNotional.KRW',
      'depthSharePercent',
      'maxOpenOrders',
      'ordersPer10s',
      'confirmAbove.USDT',
      'confirmAbove.KRW',
    ]);
  });

  it('agree with the engine at both ends of every field', () => {
    for (const field of LIMIT_FIELDS) {
      const { least, most } = boundsOf(field);
      for (const value of [least, most]) {
        const typed = { ...typedLimits(limits), [field]: value.toFixed(2).replace(/\.00$/, '') };
        expect({ field, wrong: wrongFields(typed, false) }).toEqual({ field, wrong: [] });
        const read = { ...SAFE_TRADING, limits: readLimits(typed, limits) };
        expect({ field, ok: trading.safeParse(read).success }).toEqual({ field, ok: true });
      }
      const beyond = { ...limits, ...readLimits({ ...typedLimits({}), [field]: String(most) }, limits) };
      expect(trading.safeParse({ ...SAFE_TRADING, limits: beyond }).success).toBe(true);
    }
  });

  it('of one venue or account are those that stand there; the other currency keeps what holds without it', () => {
    const typed = { ...typedLimits({}), 'maxNotional.USDT': '500', maxOpenOrders: '5' };
    expect({ wrong: wrongFields(typed, true), read: readLimits(typed, limits) }).toEqual({
      wrong: [],
      read: { maxNotional: { USDT: 500, KRW: limits.maxNotional.KRW }, maxOpenOrders: 5 },
    });
  });
});

describe('presets as typed', () => {
  it('are shares and quantities apart from each other by spaces, each once, eight at most', () => {
    expect([
      readPresets(joinPresets(SAFE_TRADING.presets)),
      readPresets(' 10%  0.05 0.05 1,000 '),
      readPresets(''),
      readPresets('10% abc'),
      readPresets('0'),
      readPresets('1 2 3 4 5 6 7 8 9'),
      readPresets(`0.${'0'.repeat(30)}1`),
    ]).toEqual([
      ['25%', '50%', '75%', '100%'],
      ['10%', '0.05', '1,000'],
      [],
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
