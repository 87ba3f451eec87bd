import { expect } from '@playwright/test';
import { test } from './app.ts';
import { pretendAccounts } from './pretend-accounts.ts';
import { pretendAccount, pretendView, rowsOf } from './pretend-view.ts';

test('in a small Korean window nothing of the chart’s head is cut off, and every interval can be had', async ({
  page,
  desk,
}) => {
  test.skip(desk.shell === 'desktop', 'the answers are written past the window, over the host’s own link');
  const room = await pretendAccounts(page, () => ({ output: {} }));
  room.tell('accounts', pretendView([pretendAccount('binance#aaaaaa')]));
  for (const name of ['positions', 'orders', 'balances', 'fills']) room.tell(name, rowsOf([], { worth: [] }));
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.reload();
  await page.getByTestId('settings-button').click();
  await page.getByTestId('settings-menu').getByText('한국어', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('chart-lines')).toHaveText('내 주문');
  const cut = () =>
    page.evaluate(() => {
      const head = document.querySelector('[data-testid=chart-lines]')?.closest('.docked-head');
      const edge = head?.getBoundingClientRect();
      if (!head || !edge) return ['no head'];
      return [...head.querySelectorAll('button, .chart-instrument, [data-testid=chart-countdown]')]
        .filter((part) => part.checkVisibility())
        .filter(
          (part) =>
            part.getBoundingClientRect().right > edge.right || part.scrollWidth > part.clientWidth + 1,
        )
        .map((part) => part.textContent);
    });
  await expect.poll(cut).toEqual([]);
  await page.getByTestId('interval-more').click();
  const offered = page.locator('.interval-menu [data-interval]');
  await expect(offered.filter({ hasText: /^(?:1m|15m|1h|4h|1d)$/ })).toHaveCount(5);
  await page.locator('.interval-menu [data-interval="4h"]').click();
  await expect(page.getByTestId('interval-switch').locator('.interval-current')).toHaveText('4h');
  await expect.poll(cut).toEqual([]);
});
