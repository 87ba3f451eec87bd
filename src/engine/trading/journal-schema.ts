export const JOURNAL_FILE = 'orders.db';

/**
 * Lines are only ever added. `state` is where the order stands after the line: what is settled need not be read again at a start. `probe`
 * is written to find out whether the disk takes anything.
 */
export const JOURNAL_SCHEMA = `
  create table lines (
    seq integer primary key,
    at integer not null,
    kind text not null,
    "order" text,
    state text,
    body text not null,
    hash text not null
  ) strict;
  create index lines_by_order on lines ("order", seq, state) where "order" is not null;
  create index lines_sent on lines (at, "order") where kind = 'sending';
  create table probe (id integer primary key, at integer not null) strict;
`;
export const JOURNAL_VERSION = 1;

export const LINE_COLUMNS = 'seq, at, kind, "order", state, body, hash';
