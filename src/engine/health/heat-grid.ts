import type { HeatMeasure, HeatView } from '#shared/domain/metrics.ts';

/** One cell is ten seconds; two hours are kept. */
export const CELL_MS = 10_000;
const CELLS = 720;
/** Rings begin short and double: most streams are not looked at for two hours. */
const FIRST_CELLS = 45;

/** What one stream did in one cell. NaN: not known. */
export interface HeatCell {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestSilenceMs: number;
  readonly perSecond: number;
}

interface Row {
  readonly stream: string;
  readonly connection: string;
  /** Rings: a cell stands at its number modulo their length. */
  median: Float32Array;
  p99: Float32Array;
  silence: Float32Array;
  rate: Float32Array;
  firstCell: number;
  lastCell: number;
}

/** Streams × time, the last two hours, in memory. Times are wall ms; a cell is known by its number since the epoch. */
export interface HeatGrid {
  note(stream: string, connection: string, cellStart: number, cell: HeatCell): void;
  /** `columns` equal parts of [from, to): of the cells in a part the worst for latency and silence, the mean for rates. */
  read(query: {
    readonly measure: HeatMeasure;
    readonly from: number;
    readonly to: number;
    readonly columns: number;
  }): HeatView;
}

export function createHeatGrid(): HeatGrid {
  const rows = new Map<string, Row>();
  const empty = (cells: number) => new Float32Array(cells).fill(Number.NaN);

  function widen(row: Row, cells: number): void {
    const wider = (column: Float32Array) => {
      const into = empty(cells);
      for (let cell = row.lastCell - column.length + 1; cell <= row.lastCell; cell += 1) {
        into[cell % cells] = column[cell % column.length] ?? Number.NaN;
      }
      return into;
    };
    row.median = wider(row.median);
    row.p99 = wider(row.p99);
    row.silence = wider(row.silence);
    row.rate = wider(row.rate);
  }

  /** Forgets rows that told nothing for the whole time kept: their streams are long closed. */
  function prune(cell: number): void {
    for (const [key, row] of rows) if (row.lastCell < cell - CELLS) rows.delete(key);
  }

  return {
    note(stream, connection, cellStart, told) {
      const cell = Math.floor(cellStart / CELL_MS);
      const key = `${connection} ${stream}`;
      let row = rows.get(key);
      if (!row) {
        prune(cell);
        row = {
          stream,
          connection,
          median: empty(FIRST_CELLS),
          p99: empty(FIRST_CELLS),
          silence: empty(FIRST_CELLS),
          rate: empty(FIRST_CELLS),
          firstCell: cell,
          lastCell: cell,
        };
        rows.set(key, row);
      }
      let { length } = row.rate;
      if (length < CELLS && cell - row.firstCell >= length) {
        while (length < CELLS && cell - row.firstCell >= length) length *= 2;
        widen(row, length);
      }
      // What was written a round ago in the places skipped since must not look like now.
      for (let skipped = Math.max(row.lastCell + 1, cell - length); skipped <= cell; skipped += 1) {
        for (const column of [row.median, row.p99, row.silence, row.rate])
          column[skipped % length] = Number.NaN;
      }
      // The system clock was set back: it knows better now, and what the wrong one told of later never was.
      for (let later = Math.min(row.lastCell, cell + length); later > cell; later -= 1) {
        for (const column of [row.median, row.p99, row.silence, row.rate])
          column[later % length] = Number.NaN;
      }
      row.firstCell = Math.min(row.firstCell, cell);
      row.lastCell = cell;
      row.median[cell % length] = told.medianMs;
      row.p99[cell % length] = told.p99Ms;
      row.silence[cell % length] = told.longestSilenceMs;
      row.rate[cell % length] = told.perSecond;
    },
    read({ measure, from, to, columns }) {
      const shown = [...rows.values()].sort((a, b) =>
        `${a.connection} ${a.stream}` < `${b.connection} ${b.stream}` ? -1 : 1,
      );
      const values = new Float64Array(shown.length * columns).fill(Number.NaN);
      const medians = new Float64Array(measure === 'latency' ? values.length : 0).fill(Number.NaN);
      const width = (to - from) / columns;
      shown.forEach((row, index) => {
        for (let column = 0; column < columns; column += 1) {
          const first = Math.floor((from + column * width) / CELL_MS);
          const last = Math.max(first, Math.ceil((from + (column + 1) * width) / CELL_MS) - 1);
          const at = index * columns + column;
          const oldest = row.lastCell - row.rate.length + 1;
          const within = [Math.max(first, oldest), Math.min(last, row.lastCell)] as const;
          switch (measure) {
            case 'latency':
              values[at] = worst(row.p99, ...within);
              medians[at] = worst(row.median, ...within);
              break;
            case 'silence':
              values[at] = worst(row.silence, ...within);
              break;
            case 'rate':
              values[at] = mean(row.rate, ...within);
              break;
          }
        }
      });
      const streams = shown.map(({ stream, connection }) => ({ stream, connection }));
      return { measure, from, to, columns, streams, values, ...(measure === 'latency' ? { medians } : {}) };
    },
  };
}

function worst(cells: Float32Array, first: number, last: number): number {
  let found = Number.NaN;
  for (let cell = first; cell <= last; cell += 1) {
    const value = cells[cell % cells.length] ?? Number.NaN;
    if (!(value <= found) && !Number.isNaN(value)) found = value;
  }
  return found;
}

function mean(cells: Float32Array, first: number, last: number): number {
  let sum = 0;
  let count = 0;
  for (let cell = first; cell <= last; cell += 1) {
    const value = cells[cell % cells.length] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}
