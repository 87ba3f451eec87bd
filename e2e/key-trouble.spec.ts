import { expect } from '@playwright/test';
import { test } from './app.ts';
import { pretendAccounts } from './pretend-accounts.ts';
import { pretendAccount, pretendView, rowsOf } from './pretend-view.ts';
import { violations } from './violations.ts';

test('every trouble of the key store is said with what to do, and nothing typed stays in the window', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the answers are written past the window, over the host’s own link');
  const room = await pretendAccounts(page, (name, input) =>
    name === 'keys.unlock' && input['passphrase'] !== 'correct horse'
      ? { error: { code: 'keys.wrong-passphrase', message: 'no', details: {} } }
      : { output: {} },
  );
  const locked = pretendAccount('binance#aaaaaa', { state: { kind: 'locked' } });
  room.tell('accounts', { ...pretendView([]), keys: { state: 'gone', keychainFault: 'no D-Bus session' } });
  await page.reload();
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+5');
  const store = page.getByTestId('key-store');
  await expect(store).toHaveAttribute('data-state', 'choose');
  await expect(store.getByTestId('keychain-fault')).toContainText('no D-Bus session');
  await expect(page.getByTestId('account-add')).toBeDisabled();
  await store.getByTestId('passphrase').fill('correct horse');
  await store.getByTestId('passphrase-again').fill('correct house');
  await store.getByTestId('passphrase-send').click();
  await expect(store.getByRole('alert')).toHaveText('The two differ. Nothing was changed.');
  await store.getByTestId('passphrase-again').fill('correct horse');
  await store.getByTestId('passphrase-send').click();
  await expect
    .poll(() => room.asked.at(-1))
    .toEqual({
      name: 'keys.choose',
      input: { kind: 'vault', passphrase: 'correct horse' },
    });
  await expect(store.getByTestId('passphrase')).toHaveValue('');
  expect(await violations(page)).toEqual([]);

  room.tell('accounts', pretendView([locked], { backend: { kind: 'vault' }, state: 'locked' }));
  await expect(store.getByTestId('store-word')).toHaveText('Keys are locked');
  await expect(page.getByTestId('account-next')).toContainText('Unlock the key store above.');
  await store.getByTestId('passphrase').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(store.getByTestId('unlock-error')).toContainText('does not open the vault');
  await store.getByTestId('passphrase').fill('correct horse');
  await page.keyboard.press('Enter');
  await expect.poll(() => room.asked.at(-1)?.input).toEqual({ passphrase: 'correct horse' });
  await expect(store.getByTestId('unlock-error')).toHaveCount(0);

  room.tell('accounts', pretendView([locked], { state: 'gone' }));
  await expect(store.getByTestId('store-means')).toContainText('look again');
  await store.getByTestId('keys-unlock').click();
  await expect.poll(() => room.asked.at(-1)).toEqual({ name: 'keys.unlock', input: {} });
  room.tell('accounts', pretendView([locked], { state: 'locked' }));
  await expect(store.getByTestId('keys-unlock')).toHaveText('Unlock');
});

test('each state of an account is a shape, a word, a reason and a next step', async ({ page, desk }) => {
  test.skip(desk.shell === 'desktop', 'the answers are written past the window, over the host’s own link');
  const room = await pretendAccounts(page, () => ({ output: {} }));
  const cause = (code: string, detail = '') => ({ code, detail });
  const troubles: readonly (readonly [object, RegExp, RegExp])[] = [
    [
      { kind: 'refused', reason: 'wrong-secret', detail: '' },
      /secret does not belong/,
      /Paste both halves again/,
    ],
    [{ kind: 'refused', reason: 'clock', detail: '' }, /clock is off/, /Set the clock/],
    [
      { kind: 'refused', reason: 'wrong-environment', detail: '' },
      /another environment/,
      /Choose the environment/,
    ],
    [{ kind: 'refused', reason: 'wrong-key', detail: '' }, /does not know this key/, /make a new one/],
    [{ kind: 'locked' }, /key store is locked/, /Unlock/],
    [
      { kind: 'degraded', cause: cause('venue.error', 'listenKey answered 500') },
      /token that opens/,
      /keeps asking/,
    ],
    [{ kind: 'degraded', cause: cause('socket.silent') }, /connected and says nothing/, /look twice/],
    [
      { kind: 'waiting', retryAt: 0, attempt: 2, cause: cause('timeout') },
      /did not answer/,
      /tries again by itself/,
    ],
  ];
  room.tell(
    'accounts',
    pretendView(troubles.map(([state], at) => pretendAccount(`binance#aaaaa${at}`, { state }))),
  );
  for (const name of ['positions', 'orders', 'balances', 'fills']) room.tell(name, rowsOf([], { worth: [] }));
  await page.reload();
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+5');
  await expect(page.getByTestId('account')).toHaveCount(troubles.length);
  for (const [at, [, what, next]] of troubles.entries()) {
    const line = page.locator(`[data-account="binance#aaaaa${at}"]`);
    await expect(line.getByTestId('account-what')).toHaveText(what);
    await expect(line.getByTestId('account-next')).toHaveText(next);
    await expect(line.locator('svg[data-health]')).toHaveCount(1);
  }
});
