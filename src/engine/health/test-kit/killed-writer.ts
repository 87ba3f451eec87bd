// A process that does nothing but write the timeline until it is killed. Arguments: the data folder.

import { systemClock } from '#shared/base/system-clock.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { openConnectionStore } from '../connection-store.ts';
import { createEventLog } from '../event-log.ts';
import { openTimeline } from '../timeline.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('which data folder?');
const clock = systemClock;
const store = openConnectionStore({ dataDir, clock, log: createEventLog(clock) });
const timeline = openTimeline({ store, clock, beatMs: 20 });
const venue = venueId('plain');
let count = 0;
clock.every(1, () => {
  for (let index = 0; index < 20; index += 1) {
    count += 1;
    timeline.note({
      at: clock.now(),
      venue,
      connection: `plain/${count % 5}`,
      state: count % 3 === 0 ? { kind: 'subscribing' } : { kind: 'live' },
    });
  }
  timeline.second();
  store.flush();
  if (count === 200) process.stdout.write('writing\n');
});
