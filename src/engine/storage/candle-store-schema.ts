export const HISTORY_FILE = 'history.db';

/** One candle of one series. `provenance`: index into `PROVENANCES`. */
export interface CandleRow {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly provenance: number;
}

/** See `DatabaseOptions.migrations`. */
export const CANDLE_MIGRATIONS: readonly string[] = [
  `create table series (
     id integer primary key,
     venue text not null,
     instrument text not null,
     interval text not null,
     used_at integer not null,
     unique (instrument, interval)
   ) strict;
   create table candles (
     series integer not null references series (id),
     open_time integer not null,
     open real not null,
     high real not null,
     low real not null,
     close real not null,
     volume real not null,
     provenance integer not null,
     primary key (series, open_time)
   ) strict, without rowid;`,
];
