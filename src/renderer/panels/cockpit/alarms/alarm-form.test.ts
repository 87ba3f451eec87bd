import { expect, it } from 'vitest';
import { settingsSchema } from '#shared/contract/settings.ts';
import { plainSettings } from '../../../stores/test-kit/plain-settings.ts';
import { readAlarms, type TypedAlarms, typedAlarms } from './alarm-form.ts';

const held = plainSettings().alarms;
const typed = typedAlarms(held);

it('reads back what it shows', () => {
  expect({ ...readAlarms(typed), sound: held.sound, notification: held.notification }).toEqual(held);
});

it('names every field the engine would refuse, and lets through nothing that it would', () => {
  const changes: readonly Partial<TypedAlarms>[] = [
    { scoreBelow: '1.1' },
    { scoreBelow: '' },
    { errors: '2.5' },
    { errors: '0' },
    { inactiveSeconds: '0.5' },
    { inactiveSeconds: '3601' },
    { memoryMb: 'many' },
    { reconnects: '-1' },
    { webhookUrl: 'ftp://somewhere.example' },
    { webhookUrl: 'not an address' },
    { webhookUrl: `https://somewhere.example/${'x'.repeat(500)}` },
  ];
  const wrong = changes.map((change) => {
    const read = readAlarms({ ...typed, ...change });
    return 'wrong' in read ? read.wrong : [];
  });
  expect(wrong).toEqual(changes.map((change) => Object.keys(change)));

  const taken: readonly Partial<TypedAlarms>[] = [
    { scoreBelow: ' 0.5 ' },
    { inactiveSeconds: '1.5' },
    { webhookUrl: ' https://somewhere.example/hook ' },
    { scoreBelow: '0', errors: '1000', inactiveSeconds: '3600', memoryMb: '10', reconnects: '1' },
  ];
  for (const change of taken) {
    const alarms = { ...readAlarms({ ...typed, ...change }), sound: false, notification: true };
    expect(settingsSchema.shape.alarms.safeParse(alarms).error).toBeUndefined();
  }
});
