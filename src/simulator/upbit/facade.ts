import { UPBIT_DESK } from '../accounts/venue-rules.ts';
import type { Facade, FacadeSite } from '../facade.ts';
import { openKoreanFacade } from '../korean/open-korean-facade.ts';
import type { PrivateManner } from '../korean/private-half.ts';
import { RateWindow } from '../korean/rate-window.ts';
import { chargedBy, UpbitBudget } from './budget.ts';
import { UPBIT_COINS } from './coins.ts';
import { UPBIT_DIALECT } from './dialect.ts';
import { UPBIT_PRIVATE_DIALECT } from './private-dialect.ts';
import { upbitEndpoints } from './private-endpoints.ts';
import { BAD_BODY, GATE_WORDS, invalid, OUT_OF_SCOPE } from './private-words.ts';
import { UpbitRest } from './rest.ts';

const CONNECTS_PER_SECOND = 5;

/** Serves Upbit's REST and WebSocket protocol, public and private. */
export function openUpbitFacade(site: FacadeSite): Promise<Facade> {
  const { clock } = site;
  const budget = new UpbitBudget(clock);
  const connects = new RateWindow(CONNECTS_PER_SECOND, 1000);
  const manner: PrivateManner = {
    venue: UPBIT_DIALECT.venue,
    dialect: UPBIT_PRIVATE_DIALECT,
    algorithms: ['HS256', 'HS512'],
    endpoints: upbitEndpoints(clock),
    gateWords: GATE_WORDS,
    outOfScope: OUT_OF_SCOPE,
    badBody: BAD_BODY,
    unknownCode: (code) => invalid(`market ${code}`),
    charge: (group, { id }) => chargedBy(group, budget.chargePrivate(group, id)),
  };
  return openKoreanFacade(site, {
    dialect: UPBIT_DIALECT,
    coins: UPBIT_COINS,
    desk: UPBIT_DESK,
    manner,
    openRest: (market, days, privateHalf) =>
      new UpbitRest({ market, days, privateHalf, budget, faults: site.faults, now: site.now }),
    routeOf(url, request) {
      const route = routeAt(url.pathname);
      if (route === undefined) return undefined;
      if (request.headers.origin !== undefined && !budget.takeOrigin()) return 429;
      return connects.take(clock.monotonic()) ? route : 429;
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
