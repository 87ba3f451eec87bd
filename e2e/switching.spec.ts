import { expect } from '@playwright/test';
import { test } from './app.ts';

/** Prices of the simulated coins lie far apart, so that a figure of the wrong one cannot pass. */
const WITHIN = 0.25;

test('going through all instruments quickly, not one frame shows a figure of the one before', async ({
  page,
}) => {
  const known = await page.getByTestId('watchlist-row').evaluateAll((rows) =>
    rows.map((row) => ({
      id: row.dataset['instrument'] ?? '',
      name: row.dataset['instrument']?.split(':')[1] ?? '',
      price: Number(
        row.querySelector('[data-testid=watchlist-last]')?.textContent.replaceAll(',', '') ?? 'NaN',
      ),
    })),
  );
  // Venues agree on a coin's price within the tolerance, and won and dollars lie a thousandfold apart.
  expect(new Set(known.map(({ id }) => id.split(':')[0])).size).toBe(4);
  await page.evaluate(
    ({ prices, within }) => {
      const wrong: string[] = [];
      const seen = { frames: 0, figures: 0 };
      const read = (selector: string) => document.querySelector(selector)?.textContent ?? '';
      const look = () => {
        seen.frames += 1;
        const name = read('[data-testid=chart-instrument]');
        const price = prices.find((one) => one.name === name)?.price ?? Number.NaN;
        const figures = {
          legend: read('[data-testid=chart-legend] [data-part=close] .value'),
          high: read('[data-testid=day-high]'),
          ask: read('[data-testid=book-asks] [role=cell]'),
          bid: read('[data-testid=book-bids] [role=cell]'),
          last: read('[data-testid=book-last]'),
          mark: read('[data-testid=book-mark]'),
          tape: read('[data-testid=tape] .tape-row:not([data-side=break]) .tape-price'),
        };
        for (const [figure, text] of Object.entries(figures)) {
          const value = Number(text.replaceAll(',', ''));
          if (text === '' || Number.isNaN(value)) continue;
          seen.figures += 1;
          if (Math.abs(value / price - 1) > within) wrong.push(`${figure} ${text} under ${name}`);
        }
      };
      // What stands in the document when a frame's callbacks are through is what that frame paints.
      const afterCallbacks = new MessageChannel();
      afterCallbacks.port1.onmessage = look;
      const watch = () => {
        afterCallbacks.port2.postMessage(undefined);
        requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
      Object.assign(window, { switching: { wrong, seen } });
    },
    { prices: known, within: WITHIN },
  );
  for (let round = 0; round < 3; round += 1) {
    for (const { id, name } of known) {
      await page
        .getByTestId('watchlist-row')
        .and(page.locator(`[data-instrument="${id}"]`))
        .click();
      await expect(page.getByTestId('chart-instrument')).toHaveText(name);
      await page.waitForTimeout(round * 60);
    }
  }
  for (const interval of ['5m', '1h', '1d', '1m']) {
    await page.locator(`[data-interval="${interval}"]`).click();
    await expect(page.getByTestId('chart-loading')).toBeHidden();
  }
  const { wrong, seen } = await page.evaluate(
    () => (window as unknown as { switching: { wrong: string[]; seen: Record<string, number> } }).switching,
  );
  expect([...new Set(wrong)]).toEqual([]);
  expect(seen['frames']).toBeGreaterThan(50);
  expect(seen['figures']).toBeGreaterThan(300);
});
