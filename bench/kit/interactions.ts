import type { Page } from '@playwright/test';

export interface Interactions {
  /** Clicks and keys, each counted once however many events it made. */
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** The slowest few: what was done, ms. */
  readonly worst: readonly string[];
}

/** The browser tells no event that was shown sooner than this. */
const LEAST_MS = 16;
const ROUNDS = 5;

/**
 * Does on a desk what people do all day, with real presses, and reads off the browser how long each took to the next
 * paint: instruments chosen, intervals switched, menus opened and closed, tabs changed, a search typed.
 */
export async function interactWith(page: Page): Promise<Interactions> {
  await page.evaluate((leastMs) => {
    const told: { id: number; name: string; ms: number }[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        const id = (entry as unknown as { interactionId: number }).interactionId;
        if (id > 0) told.push({ id, name: entry.name, ms: entry.duration });
      }
    }).observe({ type: 'event', durationThreshold: leastMs } as PerformanceObserverInit);
    Object.assign(window, { told });
  }, LEAST_MS);
  const found: { readonly what: string; readonly ms: number }[] = [];
  /** Everything told since the last look belongs to what was just done. */
  const act = async (what: string, count: number, work: () => Promise<void>) => {
    await work();
    // Told at the frame after the next at the latest.
    await page.waitForTimeout(200);
    const told = await page.evaluate(() =>
      (window as unknown as { told: { id: number; name: string; ms: number }[] }).told.splice(0),
    );
    const longest = new Map<number, number>();
    for (const { id, ms } of told) longest.set(id, Math.max(longest.get(id) ?? 0, ms));
    const all = [...longest.values()];
    while (all.length < count) all.push(LEAST_MS);
    found.push(...all.map((ms) => ({ what, ms })));
  };
  const press = (what: string, ...keys: readonly string[]) =>
    act(what, keys.length, async () => {
      for (const key of keys) await page.keyboard.press(key);
    });
  const click = (what: string, selector: string) =>
    act(what, 1, () => page.locator(selector).first().click());

  for (let round = 0; round < ROUNDS; round += 1) {
    await click('select instrument', `[data-testid=watchlist-row] >> nth=${round + 2}`);
    await click('open intervals', `[data-testid=chart-cell-${round + 1}] [data-testid=cell-interval]`);
    await click('choose interval', `[data-testid=cell-interval-${round % 2 === 0 ? '5m' : '15m'}]`);
    await click('open layout menu', '[data-testid=layout-menu]');
    await press('close menu', 'Escape');
    await click('switch tab', `[data-tab=${round % 2 === 0 ? 'orders' : 'positions'}]`);
    await click('switch tab', `[data-tab=${round % 2 === 0 ? 'ladder' : 'book'}]`);
    await click('focus search', '[data-testid=instrument-search]');
    await press('type in search', 'e', 't', 'h');
    await press('leave search', 'Escape');
  }
  const sorted = found.map(({ ms }) => ms).sort((one, other) => one - other);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return {
    count: sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    worst: [...found]
      .sort((one, other) => other.ms - one.ms)
      .slice(0, 5)
      .map(({ what, ms }) => `${what} ${ms}`),
  };
}
