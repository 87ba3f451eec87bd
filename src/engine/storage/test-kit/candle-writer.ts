// A child process of candle-store.test.ts: writes one candle after another until it is killed, and prints the open time
// of each with when it was put. Argument: the data folder.
import { systemClock } from '#shared/base/system-clock.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { createEventLog } from '../../health/event-log.ts';
import { openCandleStore } from '../candle-store.ts';

const [dataDir = ''] = process.argv.slice(2);
const store = openCandleStore({ dataDir, clock: systemClock, log: createEventLog(systemClock) });
const key = { instrument: instrumentId('binance:BTC-USDT-PERP'), interval: '1m' } as const;
let minute = 0;
setInterval(() => {
  for (let count = 0; count < 20; count += 1) {
    const openTime = minute * 60_000;
    minute += 1;
    store.put(key, [
      { openTime, open: 1, high: 2, low: 1, close: 2, volume: minute, closed: true, provenance: 'live' },
    ]);
  }
  process.stdout.write(`${minute} ${performance.now()}\n`);
}, 5);
