import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth } from '#shared/domain/connection.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { LatencyFigures, MetricsView, StreamMetrics } from '#shared/domain/metrics.ts';
import { METRIC_NAMES } from './metric-names.ts';
import { MOST_STREAMS } from './metric-samples.ts';
import { metricsPage } from './metrics-page.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const NOTHING: LatencyFigures = { p50: Number.NaN, p99: Number.NaN, count: 0 };
const SOME: LatencyFigures = { p50: 12, p99: 80, count: 9 };
const BOOK = 'book binance:BTC-USDT-PERP';

const streamRow = (more: Partial<StreamMetrics> = {}): StreamMetrics => ({
  stream: BOOK,
  connection: 'binance/public',
  perSecond: 9.5,
  bytesPerSecond: 4000,
  venueToReceive: SOME,
  receiveToPublish: SOME,
  silenceMs: 250,
  gaps: 2,
  resyncs: 1,
  score: 0.9,
  ...more,
});

const metricsOf = (more: Partial<MetricsView> = {}): MetricsView => ({
  asOf: 1_700_000_000_000,
  streams: [streamRow()],
  connections: [
    {
      id: 'binance/public',
      venue: venueId('binance'),
      perSecond: 9.5,
      bytesPerSecond: 4000,
      roundTripMs: 30,
      reconnects: 3,
      attempts: 0,
      uptime: 0.99,
      errors: { connection: 2 },
      failedFrames: 1,
      score: 0.8,
    },
  ],
  budgets: [
    {
      venue: venueId('binance'),
      scope: 'weight',
      used: 40,
      capacity: 2400,
      windowMs: 60_000,
      reserve: 480,
      factor: 0.7,
      state: 'reduced',
    },
  ],
  restErrors: { binance: { timeout: 4 } },
  engine: { memoryMb: 100, ownMemoryMb: 30, eventLoopDelayMs: 2 },
  publishToPaint: SOME,
  ...more,
});

const connection: ConnectionHealth = {
  id: 'binance/public',
  venue: venueId('binance'),
  state: { kind: 'live' },
  since: 0,
  epoch: 1,
  reconnects: 3,
  failedFrames: 1,
  streams: [{ stream: BOOK, state: 'late', since: 0, perSecond: 9.5, gaps: 2, resyncs: 1 }],
};
const health: HealthView = {
  asOf: 1_700_000_000_000,
  engine: { memoryMb: 100, eventLoopDelayMs: 2 },
  connections: [connection],
  clockOffsetMs: { binance: -40 },
};

interface Row {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text format as strictly as it is written down; throws on anything else. */
function read(page: string): readonly Row[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !/^# (?:HELP|TYPE) heartline_/u.test(line))
    .map((line) => {
      const parts =
        /^([a-z_:][\w:]*)(?:\{((?:[a-z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)$/iu.exec(line) ?? [];
      if (parts[1] === undefined) throw new Error(`no line of the text format: ${line}`);
      const labels = [...(parts[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu)].map(
        ([, label = '', text = '']) =>
          [label, text.replace(/\\([\\"n])/gu, (_, c) => (c === 'n' ? '\n' : c))] as const,
      );
      return { name: parts[1], labels: Object.fromEntries(labels), value: Number(parts[3]) };
    });
}

const figureOf = (rows: readonly Row[], name: string, labels: Readonly<Record<string, string>> = {}) =>
  rows.find(
    (row) => row.name === name && Object.entries(labels).every(([key, text]) => row.labels[key] === text),
  )?.value;

describe('the metrics page', () => {
  test('tells every known figure, in seconds and bytes, by venue, connection and stream', async () => {
    const rows = read(await metricsPage(metricsOf(), health));
    const stream = { venue: 'binance', connection: 'binance/public', stream: BOOK };
    expect(rows.filter(({ labels }) => labels['stream'] === BOOK)).toEqual(
      expect.arrayContaining([
        { name: 'heartline_stream_silence_seconds', labels: stream, value: 0.25 },
        {
          name: 'heartline_stream_venue_to_receive_seconds',
          labels: { ...stream, quantile: '0.99' },
          value: 0.08,
        },
        { name: 'heartline_stream_state', labels: { ...stream, state: 'late' }, value: 1 },
        { name: 'heartline_stream_state', labels: { ...stream, state: 'live' }, value: 0 },
      ]),
    );
    expect([
      figureOf(rows, 'heartline_connection_state', { state: 'live' }),
      figureOf(rows, 'heartline_connection_errors_total', { class: 'connection' }),
      figureOf(rows, 'heartline_connection_errors_total', { class: 'ban' }),
      figureOf(rows, 'heartline_rest_errors_total', { venue: 'binance', class: 'timeout' }),
      figureOf(rows, 'heartline_budget_state', { scope: 'weight', state: 'reduced' }),
      figureOf(rows, 'heartline_venue_clock_offset_seconds', { venue: 'binance' }),
      figureOf(rows, 'heartline_process_memory_bytes'),
      figureOf(rows, 'heartline_engine_event_loop_delay_seconds'),
    ]).toEqual([1, 2, 0, 4, 1, -0.04, 104_857_600, 0.002]);
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(Object.keys(METRIC_NAMES)));
  });

  test('leaves out what was not measured instead of calling it zero', async () => {
    const bare = streamRow({
      venueToReceive: NOTHING,
      receiveToPublish: NOTHING,
      silenceMs: Number.NaN,
      score: Number.POSITIVE_INFINITY,
    });
    const page = await metricsPage(metricsOf({ streams: [bare], publishToPaint: NOTHING }), health);
    expect(page).not.toMatch(
      / [+-]?(?:nan|inf\w*)$|_to_receive_|_to_paint_|_silence_|stream_health_score/imu,
    );
    expect(read(page).every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  test('keeps hostile names within one label of one line', async () => {
    const names = [
      'book x:"} heartline_forged 1',
      'book x:line\nheartline_forged 1',
      'book x:back\\',
      'book x:\u202Egnp.exe\u0000\r\u2028',
      `book x:${'long'.repeat(1000)}`,
      'book x:__proto__',
      'book x:\uD800',
    ];
    const rows = read(
      await metricsPage(metricsOf({ streams: names.map((stream) => streamRow({ stream })) }), health),
    );
    const told = rows
      .filter(({ name }) => name === 'heartline_stream_gaps_total')
      .map(({ labels }) => labels['stream'] ?? '');
    expect(rows.some(({ name }) => name === 'heartline_forged')).toBe(false);
    expect(told.toSorted()).toEqual(
      [
        'book x:"} heartline_forged 1',
        'book x:line\uFFFDheartline_forged 1',
        'book x:back\\',
        'book x:\uFFFDgnp.exe\uFFFD\uFFFD\uFFFD',
        `book x:${'long'.repeat(1000)}`.slice(0, 120),
        'book x:__proto__',
        'book x:\uFFFD',
      ].toSorted(),
    );
  });

  test('stays bounded however much is watched, and says how many streams it leaves out', async () => {
    const streams = Array.from({ length: MOST_STREAMS + 7 }, (_, at) =>
      streamRow({ stream: `trade x:${at}` }),
    );
    const rows = read(await metricsPage(metricsOf({ streams }), health));
    const told = rows.filter(({ name }) => name === 'heartline_stream_silence_seconds');
    expect([told.length, figureOf(rows, 'heartline_streams_left_out')]).toEqual([MOST_STREAMS, 7]);
  });

  test('forgets what is no longer watched', async () => {
    await metricsPage(metricsOf(), health);
    const rows = read(
      await metricsPage(metricsOf({ streams: [], connections: [] }), { ...health, connections: [] }),
    );
    expect(rows.filter(({ name }) => /_stream_|_connection_/u.test(name))).toEqual([]);
  });
});

describe('the names', () => {
  const known = Object.keys(METRIC_NAMES);
  const namesIn = (text: string) => new Set(text.match(/\bheartline_\w+/gu) ?? []);

  test('carry their unit, and counters say that they are counters', () => {
    const units =
      /_(?:seconds|bytes|ratio|score|state|total|per_second|attempts|used|capacity|reserve|left_out)$/u;
    expect(
      Object.entries(METRIC_NAMES).filter(
        ([name, { type }]) => !units.test(name) || name.endsWith('_total') !== (type === 'counter'),
      ),
    ).toEqual([]);
  });

  test('of the dashboard all exist, and its queries use only labels they have', () => {
    const dashboard = JSON.parse(readFileSync(join(docs, 'grafana-dashboard.json'), 'utf8')) as Dashboard;
    const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const variables = dashboard.templating.list.map(({ query }) => query);
    const asked = [...queries, ...variables].flatMap((query) => [...namesIn(query)]);
    expect(queries.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !known.includes(name))).toEqual([]);
    const strangers = queries.flatMap((query) =>
      [...query.matchAll(/(heartline_\w+)\{([^}]*)\}/gu)].flatMap(([, name = '', inside = '']) =>
        [...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/gu)]
          .map(([, label = '']) => `${name} ${label}`)
          .filter((pair) => !labelsOf(name).includes(pair.split(' ')[1] ?? '')),
      ),
    );
    expect(strangers).toEqual([]);
    const legends = dashboard.panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr, legendFormat = '' }) =>
        [...legendFormat.matchAll(/\{\{(\w+)\}\}/gu)]
          .map(([, label = '']) => label)
          .filter((label) => ![...namesIn(expr)].some((name) => labelsOf(name).includes(label))),
      ),
    );
    expect(legends).toEqual([]);
  });

  test('are all explained in the manual, which explains no other', () => {
    const manual = readFileSync(join(docs, 'metrics.md'), 'utf8');
    expect([...namesIn(manual)].toSorted()).toEqual(known.toSorted());
  });
});

function labelsOf(name: string): readonly string[] {
  return METRIC_NAMES[name as keyof typeof METRIC_NAMES]?.labels ?? [];
}

interface Dashboard {
  readonly panels: readonly {
    readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly query: string }[] };
}
