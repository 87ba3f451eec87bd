import type { Facade, FacadeSite } from '../facade.ts';
import { openKoreanFacade } from '../korean/open-korean-facade.ts';
import { RateWindow } from '../korean/rate-window.ts';
import { UPBIT_COINS } from './coins.ts';
import { UPBIT_DIALECT } from './dialect.ts';
import { UpbitRest } from './rest.ts';

const CONNECTS_PER_SECOND = 5;

/** Serves Upbit's public REST and WebSocket protocol. */
export function openUpbitFacade(site: FacadeSite): Promise<Facade> {
  const { clock } = site;
  const connects = new RateWindow(CONNECTS_PER_SECOND, 1000);
  let rest: UpbitRest | undefined;
  return openKoreanFacade(site, {
    dialect: UPBIT_DIALECT,
    coins: UPBIT_COINS,
    openRest(market, days) {
      rest = new UpbitRest({ market, days, faults: site.faults, clock, now: site.now });
      return rest;
    },
    routeOf(url, request) {
      const route = routeAt(url.pathname);
      if (route === undefined) return undefined;
      if (request.headers.origin !== undefined && !rest?.budget.takeOrigin()) return 429;
      if (!connects.take(clock.monotonic())) return 429;
      // Nobody has an account here.
      return route === 'public' ? route : 401;
    },
    upgradeHeaders: () => [
      `remaining-req: group=websocket; min=300; sec=${connects.left(clock.monotonic())}`,
    ],
  });
}

function routeAt(path: string): 'public' | 'private' | undefined {
  if (path === '/websocket/v1') return 'public';
  return path === '/websocket/v1/private' ? 'private' : undefined;
}
