import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { chooseTheme } from './theme.ts';
import { farPrice, myOrders, openTicket } from './ticket-form.ts';
import { violations } from './violations.ts';

/** What reached the venue as an order, by the venue's own record; the trial order a key's rights are asked with has another path. */
async function posts(simulator: SimulatorControl, venue: string): Promise<number> {
  const { requests } = (await simulator.get(`requests?venue=${venue}`)) as {
    requests: readonly { method: string; path: string }[];
  };
  return requests.filter(({ method, path }) => method === 'POST' && /\/orders?(?:\?|$)/.test(path)).length;
}

async function place(ticket: Locator, quantity: string): Promise<void> {
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill(quantity);
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await ticket.getByTestId('place').click();
}

async function unknownOrder(page: Page): Promise<Locator> {
  const order = page.getByTestId('unknown-order');
  await expect(order).toHaveCount(1);
  await expect(order.locator('[data-kind=answer]')).toContainText('the answer was lost');
  return order;
}

test('a lost answer shows as unknown with its evidence, bars the next order, and resolves to placed by itself', async ({
  page,
  simulator,
}) => {
  const ticket = await openTicket(page);
  // The answer is lost at once; the venue takes the order only later, and shows it nowhere before.
  await simulator.post('faults', { kind: 'order', style: 'hidden', venue: 'binance', ms: 4_000 });
  await place(ticket, '0.01');
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'unknown');
  const order = await unknownOrder(page);
  await expect(order).toContainText('Limit 0.01 BTC @');
  await expect(order.locator('[data-kind=not-found]')).toContainText('the venue knows no such order');
  await expect(page.getByTestId('unknown-badge')).toContainText('1 unknown order');
  await expect(ticket.getByTestId('place-reason')).toHaveText('An order here is in the dark');
  await expect(page.getByTestId('settled-order')).toHaveAttribute('data-state', 'open');
  await expect(page.getByTestId('settled-order')).toContainText('Placed: it stands at Binance');
  await expect(order).toHaveCount(0);
  await expect(page.getByTestId('unknown-badge')).toHaveCount(0);
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
  expect(await posts(simulator, 'binance'), 'orders the venue has seen').toBe(1);
  await page.getByTestId('board-close').click();
  await expect(page.getByTestId('unknown-board')).toHaveCount(0);
});

test('what Upbit can never prove survives a reload, is asked of the person, and is told as decided, not as proven', async ({
  page,
  simulator,
}) => {
  // A person is asked only after a minute in which nothing was found.
  test.setTimeout(120_000);
  await page.locator('[data-testid=watchlist-row][data-instrument="upbit:BTC-KRW"]').click();
  const ticket = await openTicket(page, 'upbit');
  await expect(ticket.locator('.ticket-unit').first()).toHaveText('KRW');
  await simulator.post('faults', { kind: 'order', style: 'drop', venue: 'upbit' });
  await farPrice(ticket, -3, 1_000);
  await ticket.getByTestId('ticket-quantity').fill('0.001');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await ticket.getByTestId('place').click();
  await unknownOrder(page);
  await simulator.delete('faults');

  await page.reload();
  await unknownOrder(page);
  // There by itself, and again by the badge.
  await page.getByTestId('board-close').click();
  await expect(page.getByTestId('unknown-board')).toHaveCount(0);
  await page.getByTestId('unknown-badge').click();
  const order = await unknownOrder(page);
  await expect(order.locator('[data-kind=not-found]')).toContainText('×');
  await expect(page.getByTestId('decision')).toHaveCount(0);
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    expect(await violations(page), theme).toEqual([]);
  }

  const decision = page.getByTestId('decision');
  await expect(decision).toBeVisible({ timeout: 75_000 });
  await expect(decision.getByTestId('decide')).toBeDisabled();
  await decision.getByTestId('decide-absent').check();
  await expect(decision).toContainText('If it is live after all, you will have it twice.');
  await decision.getByTestId('decide').click();
  const settled = page.getByTestId('settled-order');
  await expect(settled).toHaveAttribute('data-state', 'unsent');
  await expect(settled).toContainText('as you decided. It is not proven');
  await expect(page.getByTestId('unknown-badge')).toHaveCount(0);
  const orders = await myOrders(page);
  await expect(orders.getByTestId('own-state')).toHaveText('never placed');
  expect(await posts(simulator, 'upbit'), 'orders the venue has seen').toBe(1);
});
