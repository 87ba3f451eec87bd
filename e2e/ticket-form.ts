import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { addDemo, openAccounts } from './accounts-view.ts';
import { showPanel } from './workspace.ts';

/** A demo key of that venue, and the desk with its ticket, ready to be filled in. */
export async function openTicket(page: Page, venue = 'binance'): Promise<Locator> {
  await openAccounts(page);
  await addDemo(page, venue);
  await expect(page.locator('[data-testid=account][data-state=live]')).toHaveCount(1);
  await page.keyboard.press('Alt+1');
  const ticket = page.getByTestId('ticket');
  await expect(ticket).toBeVisible();
  return ticket;
}

/** Takes the last price and moves it away by percent of itself, to a whole `step`, so that the order stands and is not filled. */
export async function farPrice(ticket: Locator, percent: number, step = 1): Promise<string> {
  await ticket.getByTestId('quick-last').click();
  const last = await numberIn(ticket.getByTestId('ticket-price'));
  const price = String(Math.round((last * (1 + percent / 100)) / step) * step);
  await ticket.getByTestId('ticket-price').fill(price);
  return price;
}

/** What a number field holds, which shows it in groups of three. */
async function numberIn(field: Locator): Promise<number> {
  await expect(field).not.toHaveValue('');
  return Number((await field.inputValue()).replaceAll(',', ''));
}

export function segment(ticket: Locator, name: string, value: string): Locator {
  return ticket.locator(`[data-segments=${name}] [data-value=${value}]`);
}

export async function myOrders(page: Page): Promise<Locator> {
  await showPanel(page, 'mine');
  return page.getByTestId('own-order');
}
