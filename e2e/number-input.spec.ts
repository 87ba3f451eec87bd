import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';

/** Puts text into the field as from the clipboard. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** A number field of the limits: a form of fields as any other. */
async function openLimits(page: Page): Promise<Locator> {
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-trading').click();
  return page.getByTestId('limits-maxNotional.USDT');
}

async function caretOf(field: Locator): Promise<number | null> {
  return field.evaluate((element) => (element as HTMLInputElement).selectionStart);
}

test('a number is grouped while it is typed, the caret where the person is', async ({ page }) => {
  const field = await openLimits(page);
  await field.fill('');
  await field.pressSequentially('1234567.5');
  await expect(field).toHaveValue('1,234,567.5');
  await field.evaluate((element) => (element as HTMLInputElement).setSelectionRange(3, 3));
  await page.keyboard.type('9');
  await expect(field).toHaveValue('12,934,567.5');
  expect(await caretOf(field)).toBe(4);
  await page.keyboard.press('Backspace');
  await expect(field).toHaveValue('1,234,567.5');
  expect(await caretOf(field)).toBe(3);
  // Over a comma: forwards it does not stand still.
  await field.evaluate((element) => (element as HTMLInputElement).setSelectionRange(1, 1));
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await expect(field).toHaveValue('134,567.5');
});

test('what is pasted is cleaned, and nonsense is refused with words while the value stays', async ({
  page,
}) => {
  const field = await openLimits(page);
  const shown: string[] = [];
  for (const text of ['1,000.5', '１２３', '₩1,000', ' 2 500 000 KRW']) {
    await field.selectText();
    await paste(field, text);
    shown.push(await field.inputValue());
  }
  expect(shown).toEqual(['1,000.5', '123', '1,000', '2,500,000']);
  for (const text of ['abc', '1,5', '1e5', '<b>1</b>', '‮123‬x', '9'.repeat(300)]) {
    await field.selectText();
    await paste(field, text);
    await expect(page.locator('.number-refused')).toBeVisible();
    await expect(field).toHaveValue('2,500,000');
  }
  await field.press('End');
  await page.keyboard.type('1');
  await expect(page.locator('.number-refused')).toHaveCount(0);
  await expect(field).toHaveValue('25,000,001');
});
