import { expect } from '@playwright/test';
import { test } from './app.ts';
import { farPrice, myOrders, openTicket, segment } from './ticket-form.ts';
import { violations } from './violations.ts';

test('without an account the ticket says what is missing and leads there; paper can be had at once', async ({
  page,
}) => {
  const nothing = page.getByTestId('no-ticket');
  await expect(nothing).toBeVisible();
  await nothing.getByTestId('paper-add').click();
  await expect(page.getByTestId('money-band')).toHaveAttribute('data-money', 'paper');
  await expect(page.getByTestId('place-reason')).toHaveText('A price is missing');
  expect(await violations(page)).toEqual([]);
});

test('a far limit order stands at the venue, is listed with both words for its state, and is cancelled', async ({
  page,
}) => {
  const ticket = await openTicket(page);
  await expect(ticket.getByTestId('money-band')).toHaveAttribute('data-money', 'demo');
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  const place = ticket.getByTestId('place');
  await expect(place).toHaveAttribute('data-gate', 'ready');
  await expect(place).toContainText('Buy 0.01 BTC');
  await place.click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
  const orders = await myOrders(page);
  await expect(orders).toHaveCount(1);
  await expect(orders.getByTestId('own-status')).toHaveText(' · NEW (Binance: NEW)');
  await orders.getByTestId('own-cancel').click();
  await expect(orders.getByTestId('own-state')).toHaveText('cancelled');
});

test('a double click and a key held down are one order', async ({ page }) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  // From a field, Enter goes to the button and orders nothing.
  await ticket.getByTestId('ticket-quantity').press('Enter');
  await expect(ticket.getByTestId('place')).toBeFocused();
  await expect(ticket.getByTestId('outcome')).toHaveCount(0);
  await page.keyboard.down('Enter');
  for (let repeat = 0; repeat < 20; repeat += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
  const orders = await myOrders(page);
  await expect(orders).toHaveCount(1);
});

test('a market order is filled, and the position shown before it becomes the one after', async ({ page }) => {
  const ticket = await openTicket(page);
  await segment(ticket, 'type', 'market').click();
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await ticket.getByTestId('place').click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'filled');
  await expect(ticket.getByTestId('outcome')).toContainText('Filled: 0.01 BTC at');
});

test('a denial names the rule, the limit and what would pass, and one press applies it', async ({ page }) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, 20);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  const denial = ticket.locator('[data-testid=denial][data-rule=collar]');
  await expect(denial).toBeVisible();
  await expect(ticket.getByTestId('place')).toHaveAttribute('aria-disabled', 'true');
  // Pressed all the same, as a hand would.
  await ticket.getByTestId('place').click({ force: true });
  await expect(ticket.getByTestId('outcome')).toHaveCount(0);
  await denial.getByTestId('denial-use').click();
  await expect(denial).toHaveCount(0);
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
});

test('on an old book nothing leaves but by a second step, which is taken with open eyes', async ({
  page,
  simulator,
}) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await simulator.post('faults', { kind: 'mute', venue: 'binance' });
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'blocked');
  await expect(ticket.getByTestId('place-reason')).toHaveText(/book|stream/);
  await ticket.getByTestId('override-open').click();
  const dialog = page.getByTestId('override');
  await expect(dialog.getByTestId('override-place')).toBeDisabled();
  await dialog.getByTestId('override-sure').check();
  await expect(dialog.getByTestId('override-place')).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(ticket.getByTestId('outcome')).toHaveCount(0);
  await simulator.delete('faults');
});

test('halted, nothing leaves from any ticket, cancels still work, and only the typed word resumes', async ({
  page,
}) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await ticket.getByTestId('place').click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
  await page.getByTestId('kill').click();
  await expect(page.getByTestId('kill-do')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('halted-banner')).toBeVisible();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'cancelled');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'blocked');
  await expect(ticket.getByTestId('place-reason')).toContainText('HALTED');
  await expect(ticket.getByTestId('override-open')).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('halted-banner')).toBeVisible();
  await page.getByTestId('resume-open').click();
  const dialog = page.getByTestId('resume-dialog');
  await dialog.getByTestId('resume-phrase').fill('resume please');
  await dialog.getByTestId('resume-do').click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByTestId('resume-phrase').fill('RESUME');
  await dialog.getByTestId('resume-do').click();
  await expect(page.getByTestId('halted-banner')).toHaveCount(0);
});

test('a click on a level of the book or on the chart fills the price', async ({ page }) => {
  const ticket = await openTicket(page);
  const price = ticket.getByTestId('ticket-price');
  const level = page.getByTestId('book-bids').getByRole('row').nth(3);
  await level.click();
  await expect(price).not.toHaveValue('');
  const fromBook = await price.inputValue();
  await page.getByTestId('chart').click({ position: { x: 200, y: 60 } });
  await expect(price).not.toHaveValue(fromBook);
  await price.press('ArrowUp');
  await price.press('Shift+ArrowDown');
});
