import { BITHUMB_DESK } from '../accounts/venue-rules.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { openKoreanFacade } from '../korean/open-korean-facade.ts';
import { RateWindow } from '../korean/rate-window.ts';
import { BithumbBudget } from './budget.ts';
import { BITHUMB_COINS } from './coins.ts';
import { BITHUMB_DIALECT } from './dialect.ts';
import { bithumbManner } from './private-manner.ts';
import { BithumbRest } from './rest.ts';

const CONNECTS_PER_SECOND = 10;
/** Upgrades refused in a row before the address is blocked, and for how long. */
const PATIENCE = 20;
const BLOCK_MS = 600_000;

/** Serves Bithumb's REST (2.x) and WebSocket protocol: public version 1, private version 2. */
export function openBithumbFacade(site: FacadeSite): Promise<Facade> {
  const { clock } = site;
  const budget = new BithumbBudget(clock);
  const connects = new RateWindow(CONNECTS_PER_SECOND, 1000);
  let ignored = 0;
  let blockedUntil = Number.NEGATIVE_INFINITY;

  function refusalNow(): number | undefined {
    const now = clock.monotonic();
    if (now < blockedUntil) return 403;
    if (connects.take(now)) {
      ignored = 0;
      return undefined;
    }
    ignored++;
    if (ignored > PATIENCE) blockedUntil = now + BLOCK_MS;
    return 429;
  }

  return openKoreanFacade(site, {
    dialect: BITHUMB_DIALECT,
    coins: BITHUMB_COINS,
    desk: BITHUMB_DESK,
    manner: bithumbManner(clock, budget),
    openRest: (market, days, privateHalf) =>
      new BithumbRest({ market, days, privateHalf, budget, faults: site.faults, now: site.now }),
    routeOf(url) {
      const route = ROUTES[url.pathname];
      return route && (refusalNow() ?? route);
    },
  });
}

/** The older private socket, which is to end, is gone here already. */
const ROUTES: Readonly<Record<string, string>> = {
  '/websocket/v1': 'public',
  '/websocket/v2/private': 'private',
};
