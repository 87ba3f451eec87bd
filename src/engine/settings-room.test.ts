import { describe, expect, test } from 'vitest';
import { instrumentId } from '#shared/domain/instrument.ts';
import { defaultSettings } from './default-settings.ts';
import { createSettingsRoom } from './settings-room.ts';

const defaults = defaultSettings([{ favourites: [instrumentId('binance:BTC-USDT-PERP')] }]);
const held = {
  ...defaults,
  theme: 'light' as const,
  alarms: { ...defaults.alarms, webhookUrl: 'https://hook.example/secret' },
};
const { requests } = createSettingsRoom({ dataDir: '/nowhere', settings: { read: () => held } });

describe('a settings file that is looked at', () => {
  test('changes what it says, leaves what it does not, and changes nothing by being looked at', async () => {
    const checked = await requests['settings.check']({ text: '{"interval":"1h","alarms":{"errors":9}}' });
    expect([checked, await requests['settings.read']({})]).toEqual([
      {
        settings: { ...held, interval: '1h', alarms: { ...held.alarms, errors: 9 } },
        lost: [],
        isNewer: false,
        kept: [],
      },
      held,
    ]);
  });

  test('names what makes no sense in it, and that it is of a newer version', async () => {
    const text = '{"version":3,"theme":"pink","rates":{"errors":0,"reduction":0.5},"wings":2}';
    const { settings, lost, isNewer } = await requests['settings.check']({ text });
    expect([settings.theme, settings.rates, lost, isNewer]).toEqual([
      'light',
      { ...defaults.rates, reduction: 0.5 },
      ['theme', 'rates.errors', 'wings'],
      true,
    ]);
  });

  test('cannot let real money out, or take a single click for an order', async () => {
    const trading = { ...defaults.trading, mainnet: true, oneClick: true, disarmAfterMin: 5 };
    const { settings, kept } = await requests['settings.check']({ text: JSON.stringify({ trading }) });
    expect([settings.trading, kept]).toEqual([
      { ...defaults.trading, disarmAfterMin: 5 },
      ['trading.mainnet', 'trading.oneClick'],
    ]);
  });

  test.each(['', 'no', '[1,2]', 'null', '<html>'])('that is none (%j) is refused as one', async (text) => {
    const asked = async () => requests['settings.check']({ text });
    const fault = await asked().catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'settings.no-file' });
  });

  test('without the address of the webhook does not take away the one there is', async () => {
    const text = JSON.stringify({ alarms: { ...defaults.alarms, webhookUrl: '' } });
    const { settings } = await requests['settings.check']({ text });
    expect(settings.alarms.webhookUrl).toBe('https://hook.example/secret');
  });
});
