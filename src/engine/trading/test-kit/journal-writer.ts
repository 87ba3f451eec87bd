// A child process of journal-killed.test.ts: takes orders through their lives, one line after another, until it is killed, and
// prints the number of each line once `append` has returned it. Argument: the data folder.
import { writeSync } from 'node:fs';
import { systemClock } from '#shared/base/system-clock.ts';
import { createEventLog } from '../../health/event-log.ts';
import { createJournal } from '../journal.ts';
import { mintOrderId } from '../order-id.ts';
import { answer, fill, report, sending } from './own-events.ts';

const [dataDir = ''] = process.argv.slice(2);
const journal = createJournal({ clock: systemClock, dataDir, log: createEventLog(systemClock) });
for (;;) {
  const order = mintOrderId();
  const left = sending({ clientOrderId: order });
  if (left.kind !== 'sending') break;
  // As an order leaves: two lines at once, of which there are both or none.
  const together = [{ kind: 'guarded', order, request: left.request } as const, left];
  for (const { seq, event } of journal.appendAll(together)) writeSync(1, `${seq} ${order} ${event.kind}\n`);
  const life = [
    { kind: 'sent', order, hash: 'f'.repeat(64), afterMs: 3 } as const,
    answer('accepted', { venueOrderId: '77' }),
    report('NEW'),
    fill('1', '1'),
    report('FILLED', '1', 1001),
  ];
  for (const event of life) {
    const { seq } = journal.append({ ...event, order } as typeof event);
    // Not process.stdout: what it has not handed on yet dies with the process.
    writeSync(1, `${seq} ${order} ${event.kind}\n`);
  }
}
