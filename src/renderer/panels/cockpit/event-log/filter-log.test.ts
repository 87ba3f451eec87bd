import { expect, it } from 'vitest';
import type { LogEntry } from '#shared/contract/api.ts';
import { filterLog, type LogFilter, venueOfEntry } from './filter-log.ts';

function entry(at: number, level: LogEntry['level'], details: LogEntry['details']): LogEntry {
  return { at, level, code: 'connection.waiting', details, message: `line ${at}` };
}

const entries = [
  entry(1, 'info', { connection: 'binance/public' }),
  entry(2, 'warn', { venue: 'Upbit' }),
  entry(3, 'error', { instrument: 'ccxt:kraken:BTC-USD' }),
  entry(4, 'error', {}),
];
const shown = (filter: Partial<LogFilter>) =>
  filterLog(
    entries,
    { level: 'info', venue: undefined, text: '', ...filter },
    ({ at }) => `Satz Nummer ${at}`,
  ).map(({ at }) => at);

it('lets through by gravity, by venue, and by words in any order', () => {
  expect([
    shown({}),
    shown({ level: 'warn' }),
    shown({ venue: { id: 'upbit', name: 'Upbit' } }),
    shown({ venue: { id: 'ccxt:kraken', name: 'Kraken' } }),
    shown({ text: ' NUMMER satz ' }),
    shown({ text: 'nummer line 3' }),
    shown({ text: 'nothing like it' }),
  ]).toEqual([[1, 2, 3, 4], [2, 3, 4], [2], [3], [1, 2, 3, 4], [3], []]);
});

it('reads whom an entry is about off whatever names a venue', () => {
  expect(entries.map(venueOfEntry)).toEqual(['binance', 'Upbit', 'ccxt:kraken', undefined]);
});
