import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { SimulatorControl } from './simulator-control.ts';

export interface SimKey {
  readonly venue: string;
  readonly name: string;
  readonly apiKey: string;
  readonly secret: string;
}

/** Keys in memory: what a test adds must not stay in the keychain of whoever runs it. */
export async function openAccounts(page: Page): Promise<void> {
  await page.getByTestId('desk').waitFor();
  await page.keyboard.press('Alt+5');
  const store = page.getByTestId('key-store');
  await store.waitFor();
  if ((await store.getAttribute('data-state')) === 'open') return;
  await store.getByTestId('choose-memory').click();
  await expect(store).toHaveAttribute('data-backend', 'memory');
}

export async function addDemo(page: Page, venue: string): Promise<void> {
  const before = await page.getByTestId('account').count();
  if (before > 0) await page.getByTestId('account-add').click();
  await page.locator(`[data-demo=${venue}]`).click();
  await expect(page.getByTestId('account')).toHaveCount(before + 1);
}

/** What is held, as the accounts view shows it: the desk below, which stays, has panels of the same rows. */
export function holdings(page: Page): Locator {
  return page.getByTestId('panel-holdings');
}

export async function tab(page: Page, name: string): Promise<void> {
  await holdings(page).locator(`[data-tab=${name}]`).click();
}

export function row(page: Page, currency: string): Locator {
  return holdings(page)
    .getByTestId('holdings-row')
    .filter({ has: page.locator('[data-column=currency]', { hasText: new RegExp(`^${currency}$`) }) });
}

export async function keysOf(
  simulator: SimulatorControl,
  venue: string,
): Promise<Readonly<Record<string, SimKey>>> {
  const { keys } = (await simulator.get(`keys?venue=${venue}`)) as { keys: readonly SimKey[] };
  return Object.fromEntries(keys.map((key) => [key.name, key]));
}

/** Pastes a key and sees both fields empty at once. */
export async function enter(dialog: Locator, key: SimKey | undefined): Promise<void> {
  const { apiKey, secret } = required(key);
  await dialog.getByTestId('key-apiKey').fill(apiKey);
  await dialog.getByTestId('key-secret').fill(secret);
  await dialog.getByTestId('key-send').click();
  await expect(dialog.getByTestId('verdict')).toBeVisible();
}

export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the simulator has no such key');
  return value;
}

export function plain(text: string | undefined): RegExp {
  return new RegExp(`^${(text ?? 'nothing').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')}(?:\\.?0*)?$`);
}
