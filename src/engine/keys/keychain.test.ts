import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keychainFault } from './keychain.ts';
import { missingSecretService, openSecretService, type SecretService } from './test-kit/secret-service.ts';

let why: string | undefined;
beforeAll(() => {
  why = missingSecretService();
}, 280_000);

const canary = () => randomBytes(20).toString('hex');
const LOCKED = { code: 'keys.locked', message: expect.stringContaining('dismissed') };
const GONE = { code: 'keys.gone', message: expect.stringContaining('org.freedesktop.secrets') };

describe('a real gnome-keyring', () => {
  let service: SecretService;
  beforeEach(async (context) => {
    if (why !== undefined) context.skip(why);
    service = await openSecretService();
  });
  afterEach(async () => {
    await service?.[Symbol.asyncDispose]();
  });

  const key = { account: 'bybit#aaaaaa', apiKey: canary(), secret: canary() };

  test('keeps a key over the end of the process and its own, and forgets it for good', async () => {
    await service.start();
    const first = service.run();
    const written = [
      await first.ask({ op: 'open' }),
      await first.ask({ op: 'write', ...key }),
      service.count(),
    ];
    await first.end();
    await service.stop();
    await service.start();
    const second = service.run();
    const read = [
      await second.ask({ op: 'read', ...key }),
      await second.ask({ op: 'read', account: 'upbit#bbbbbb' }),
    ];
    const removed = [await second.ask({ op: 'remove', ...key }), await second.ask({ op: 'remove', ...key })];
    const third = service.run();
    expect({
      written,
      read,
      removed,
      after: await third.ask({ op: 'read', ...key }),
      left: service.count(),
    }).toEqual({
      written: [{ answer: { kind: 'keychain', name: 'Secret Service' } }, { answer: null }, 1],
      read: [{ answer: [key.apiKey, key.secret] }, { answer: null }],
      removed: [{ answer: null }, { answer: null }],
      after: { answer: null },
      left: 0,
    });
  });

  test('takes another key in the place of the old one', async () => {
    await service.start();
    const program = service.run();
    const next = { ...key, apiKey: canary(), secret: 'ü'.repeat(2000) };
    await program.ask({ op: 'write', ...key });
    await program.ask({ op: 'write', ...next });
    expect([await program.ask({ op: 'read', ...key }), service.count()]).toEqual([
      { answer: [next.apiKey, next.secret] },
      1,
    ]);
  });

  test('that is locked says so of every call, with no word of the key', async () => {
    await service.start();
    const program = service.run();
    await program.ask({ op: 'write', ...key });
    service.lock();
    const answers = [
      await program.ask({ op: 'read', ...key }),
      await program.ask({ op: 'write', ...key }),
      await program.ask({ op: 'remove', ...key }),
    ];
    expect(answers).toEqual([LOCKED, LOCKED, LOCKED]);
    const said = JSON.stringify(answers);
    expect([said.includes(key.apiKey), said.includes(key.secret)]).toEqual([false, false]);
  });

  test('that goes away midway says so, and what it had is there when it is back', async () => {
    await service.start();
    const program = service.run();
    await program.ask({ op: 'write', ...key });
    await service.stop();
    const gone = [
      await program.ask({ op: 'read', ...key }),
      await program.ask({ op: 'write', ...key }),
      await program.ask({ op: 'remove', ...key }),
      await service.run().ask({ op: 'open' }),
    ];
    await service.start();
    expect([gone, await program.ask({ op: 'read', ...key })]).toEqual([
      [GONE, GONE, GONE, GONE],
      { answer: [key.apiKey, key.secret] },
    ]);
  });

  test('has a key that was added, and nothing of one that was refused', async () => {
    await service.start();
    const program = service.run();
    const ask = (rights: object) =>
      program.ask({ op: 'add', ...key, apiKey: canary(), secret: canary(), rights });
    const refused = [
      await ask({ withdraw: 'yes' }),
      await ask({ transfer: 'yes' }),
      await ask({ read: 'no' }),
    ];
    const nothing = service.count();
    const kept = await program.ask({ op: 'add', ...key });
    const view = { backend: { kind: 'keychain', name: 'Secret Service' }, state: 'open' };
    const none = { answer: { kind: 'refused', held: [], isOnDisk: false, view } };
    expect([refused, nothing, kept, service.count()]).toEqual([
      [none, none, none],
      0,
      { answer: { kind: 'trade', held: [key.secret], isOnDisk: false, view } },
      1,
    ]);
  });
});

describe('the faults of a keychain', () => {
  test.each([
    ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'keys.locked'],
    ["Couldn't access platform storage: Secret Service: object locked", 'keys.locked'],
    ['Platform failure: User interaction is not allowed.', 'keys.locked'],
    ['Platform failure: User canceled the operation.', 'keys.locked'],
    ['Platform failure: DBus error: The name org.freedesktop.secrets was not provided', 'keys.gone'],
    ['Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled', 'keys.gone'],
    ["Couldn't access platform storage: no such logon session", 'keys.gone'],
    ["Attribute 'password' is longer than platform limit of 2560 chars", 'keys.too-long'],
    ['Something nobody has seen before', 'keys.fault'],
  ])('%s: %s', (message, code) => {
    expect(keychainFault(new Error(message)).code).toBe(code);
  });
});
