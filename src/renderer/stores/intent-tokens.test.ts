import { expect, it } from 'vitest';
import { HeartlineError } from '#shared/base/errors.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createIntentTokens } from './intent-tokens.ts';
import { createFakeClient } from './test-kit/fake-client.ts';

function begin() {
  const client = createFakeClient();
  const clock = createVirtualClock();
  const tokens = createIntentTokens(client, clock);
  const hand = (token: string) => client.answer('orders.intent', { token, expiresAt: clock.now() + 10_000 });
  const pending = () => client.asked.length;
  return { client, clock, tokens, hand, pending };
}

it('has a permission ready before the click, and renews it before its ten seconds are over', async () => {
  const { clock, tokens, hand, pending } = begin();
  tokens.hold();
  await hand('one');
  clock.advance(6_999);
  expect(pending()).toBe(0);
  clock.advance(1);
  await hand('two');
  expect(await tokens.take()).toBe('two');
});

it('gives every click the very same permission until the engine has answered, and asks for no other meanwhile', async () => {
  const { clock, tokens, hand, pending } = begin();
  tokens.hold();
  await hand('one');
  const clicks = await Promise.all([tokens.take(), tokens.take(), tokens.take()]);
  clock.advance(60_000);
  expect({ clicks, later: await tokens.take(), pending: pending() }).toEqual({
    clicks: ['one', 'one', 'one'],
    later: 'one',
    pending: 0,
  });
  tokens.settle();
  await hand('two');
  expect(await tokens.take()).toBe('two');
});

it('lets clicks that came before the first permission share the one that comes', async () => {
  const { tokens, hand, pending } = begin();
  const clicks = [tokens.take(), tokens.take()];
  expect(pending()).toBe(1);
  await hand('one');
  expect(await Promise.all(clicks)).toEqual(['one', 'one']);
});

it('never uses one that may be over, or one of a connection that is gone', async () => {
  const { client, clock, tokens, hand } = begin();
  const release = tokens.hold();
  await hand('old');
  release();
  clock.advance(9_000);
  const late = tokens.take();
  await hand('fresh');
  expect(await late).toBe('fresh');
  tokens.settle();
  tokens.hold();
  await hand('before');
  client.become('waiting');
  client.become('open');
  await hand('after');
  expect(await tokens.take()).toBe('after');
});

it('says a refusal to the click that needs it, and not before', async () => {
  const { client, clock, tokens } = begin();
  tokens.hold();
  await client.refuse('orders.intent', new HeartlineError('rate-limit', 'too much'));
  clock.advance(7_000);
  await client.refuse('orders.intent', new HeartlineError('rate-limit', 'too much'));
  const click = expect(tokens.take()).rejects.toMatchObject({ code: 'contract.closed' });
  await client.refuse('orders.intent', new HeartlineError('contract.closed', 'gone'));
  await click;
});

it('stops asking when no ticket is shown', async () => {
  const { clock, tokens, hand, pending } = begin();
  const release = tokens.hold();
  await hand('one');
  release();
  clock.advance(60_000);
  expect({ pending: pending(), timers: clock.pendingTimers }).toEqual({ pending: 0, timers: 0 });
});
