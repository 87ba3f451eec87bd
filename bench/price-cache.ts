// How often a price is known already when a desk wants it: twenty instruments on the watchlist, warmed at the start, the
// person going from one chart to another for an hour, sometimes to one that is on no list. Invented time, the sources of
// market data as they are. Prints one JSON. `node bench/price-cache.ts [minutes]`
import { createEventLog } from '../src/engine/health/event-log.ts';
import { createDataSources } from '../src/engine/market/data-sources.ts';
import { createPriceCache } from '../src/engine/market/price-cache.ts';
import { createRestGuard } from '../src/engine/market/rest-guard.ts';
import { type InstrumentId, instrumentId } from '../src/shared/domain/instrument.ts';
import type { TickerEvent } from '../src/shared/domain/market-data.ts';
import { createVirtualClock } from '../src/shared/test-kit/virtual-clock.ts';
import { createRandom } from '../src/simulator/random.ts';
import { binance } from '../src/venues/binance/index.ts';
import { rounded } from './kit/statistics.ts';

const GOAL = 0.8;
const [minutesText = '60'] = process.argv.slice(2);
