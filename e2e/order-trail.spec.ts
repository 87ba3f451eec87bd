import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { chooseTheme } from './theme.ts';
import { farPrice, myOrders, openTicket } from './ticket-form.ts';
import { violations } from './violations.ts';
import { showPanel } from './workspace.ts';

async function openFlight(page: Page): Promise<Locator> {
  const orders = await myOrders(page);
  await orders.first().getByTestId('own-flight').click();
  const flight = page.getByTestId('flight-dialog');
  await expect(flight.getByTestId('flight-line').first()).toContainText('click');
  return flight;
}

test('an order above the threshold does not leave while nobody is where Heartline runs, and says so', async ({
  page,
  desk,
  simulator,
}) => {
  test.skip(desk.shell === 'desktop', 'the desktop app asks with a window of the system');
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.08');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  // Told before the click: the host was started without a terminal.
  await expect(ticket).toContainText('there is nobody to ask here: it will not leave');
  await ticket.getByTestId('place').click();
  const outcome = ticket.getByTestId('outcome');
  await expect(outcome).toHaveAttribute('data-tone', 'bad');
  await expect(outcome).toContainText('nobody confirmed it in time. Nothing left this computer.');
  const { requests } = (await simulator.get('requests?venue=binance')) as {
    requests: readonly { method: string; path: string }[];
  };
  expect(requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/order'))).toEqual([]);
});

test('an order placed over a failing proof reaches the venue, and its flight recorder says that it was stepped over', async ({
  page,
  simulator,
}) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await simulator.post('faults', { kind: 'mute', venue: 'binance' });
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'blocked');
  // Which proof fails may change while the dialog stands; it then has to be looked at again.
  const dialog = page.getByTestId('override');
  await expect(async () => {
    if (await dialog.isVisible()) await page.keyboard.press('Escape');
    await ticket.getByTestId('override-open').click({ timeout: 1_000 });
    await dialog.getByTestId('override-sure').check({ timeout: 1_000 });
    await dialog.getByTestId('override-place').click({ timeout: 1_000 });
    await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open', { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await simulator.delete('faults');
  const flight = await openFlight(page);
  await expect(flight.locator('[data-kind=override]')).toContainText('Stepped over by the person');
  await expect(flight.locator('[data-kind=sent]')).toContainText('On the wire, once');
  const { requests } = (await simulator.get('requests?venue=binance')) as {
    requests: readonly { method: string; path: string }[];
  };
  expect(requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/order'))).toHaveLength(1);
});

test('ticket, ladder and flight recorder have nothing that axe objects to, dark and light', async ({
  page,
}) => {
  const ticket = await openTicket(page);
  await farPrice(ticket, -3);
  await ticket.getByTestId('ticket-quantity').fill('0.01');
  await expect(ticket.getByTestId('place')).toHaveAttribute('data-gate', 'ready');
  await ticket.getByTestId('place').click();
  await expect(ticket.getByTestId('outcome')).toHaveAttribute('data-state', 'open');
  // With a denial in view, the ladder beside it.
  await farPrice(ticket, 20);
  await expect(ticket.getByTestId('denial')).toBeVisible();
  await showPanel(page, 'ladder');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    expect(await violations(page), `ticket and ladder, ${theme}`).toEqual([]);
    const flight = await openFlight(page);
    expect(await violations(page), `flight recorder, ${theme}`).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(flight).toHaveCount(0);
  }
});
