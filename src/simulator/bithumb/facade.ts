import type { Facade, FacadeSite } from '../facade.ts';
import { openKoreanFacade } from '../korean/open-korean-facade.ts';
import { RateWindow } from '../korean/rate-window.ts';
import { BITHUMB_COINS } from './coins.ts';
import { BITHUMB_DIALECT } from './dialect.ts';
import { BithumbRest } from './rest.ts';

const CONNECTS_PER_SECOND = 10;
/** Upgrades refused in a row before the address is blocked, and for how long. */
const PATIENCE = 20;
const BLOCK_MS = 600_000;

/** Serves Bithumb's public REST (2.x) and WebSocket (v1) protocol. */
export function openBithumbFacade(site: FacadeSite): Promise<Facade> {
  const { clock } = site;
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
    openRest: (market, days) => new BithumbRest({ market, days, faults: site.faults, clock, now: site.now }),
    routeOf(url) {
      if (!/^\/websocket\/(?:v1|v1\/private|v2\/private)$/.test(url.pathname)) return undefined;
      // Nobody has an account here.
      return refusalNow() ?? (url.pathname === '/websocket/v1' ? 'public' : 401);
    },
  });
}
