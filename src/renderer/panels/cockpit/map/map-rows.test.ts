import { describe, expect, it } from 'vitest';
import type { ConnectionHealth, ConnectionState, StreamState } from '#shared/domain/connection.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { countLive, type MapSources, mapRows, rowAfter, rowOf, unfolded } from './map-rows.ts';

function connection(
  id: string,
  state: ConnectionState,
  streams: Readonly<Record<string, StreamState>>,
): ConnectionHealth {
  return {
    id,
    venue: venueId(id.slice(0, id.indexOf('/'))),
    state,
    since: 100,
    epoch: 1,
    reconnects: 0,
    failedFrames: 0,
    streams: Object.entries(streams).map(([stream, streamState], at) => ({
      stream,
      state: streamState,
      since: 200 + at,
      lastReceivedAt: 900,
      perSecond: 5,
      gaps: 1,
      resyncs: at,
    })),
  };
}

function sources(connections: readonly ConnectionHealth[], otherwise: Partial<MapSources> = {}): MapSources {
  return {
    venues: ['binance', 'upbit'],
    health: { asOf: 1_000, engine: { memoryMb: 1, eventLoopDelayMs: 0 }, connections, clockOffsetMs: {} },
    metrics: undefined,
    incidents: undefined,
    turned: new Set(['binance/public', 'binance/market']),
    answering: true,
    ...otherwise,
  };
}

const live = connection('binance/public', { kind: 'live' }, { 'book binance:BTC-USDT-PERP': 'live' });
const late = connection(
  'binance/market',
  { kind: 'live' },
  { 'trade binance:BTC-USDT-PERP': 'late', 'mark binance:BTC-USDT-PERP': 'live' },
);
const brief = (rows: readonly { id: string; kind: string }[]) => rows.map(({ id, kind }) => `${id}: ${kind}`);

describe('the map of connections', () => {
  it('has a row per venue, connection and stream; each as bad as the worst below, idle venues too', () => {
    expect(brief(mapRows(sources([live, late])))).toEqual([
      'binance: late',
      'binance/public: live',
      'binance/public book binance:BTC-USDT-PERP: live',
      'binance/market: late',
      'binance/market trade binance:BTC-USDT-PERP: late',
      'binance/market mark binance:BTC-USDT-PERP: live',
      'upbit: idle',
    ]);
  });

  it('calls nothing live when the engine does not answer', () => {
    const kinds = mapRows(sources([live, late], { answering: false })).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['stale']));
  });

  it('calls no stream live on a connection that is down, whatever it said last', () => {
    const cause = { code: 'socket.reset', detail: '' } as const;
    const down = connection(
      'binance/public',
      { kind: 'waiting', attempt: 1, retryAt: 0, cause, exhausted: false },
      { 'book binance:BTC-USDT-PERP': 'live' },
    );
    expect(brief(mapRows(sources([down])))).toEqual([
      'binance: waiting',
      'binance/public: waiting',
      'binance/public book binance:BTC-USDT-PERP: stale',
      'upbit: idle',
    ]);
  });

  it('adds up what is below, and takes the freshest data of it', () => {
    const [venue] = mapRows(sources([live, late]));
    expect(venue).toMatchObject({ perSecond: 15, gaps: 3, resyncs: 1, silenceMs: 100, since: 100 });
    expect(venue?.score).toBeNaN();
  });

  it('says whose fault an incident is while it lasts, and no longer', () => {
    const incident = { connection: 'binance/market', verdict: { side: 'theirs' } } as Incident;
    const over: Incident = { ...incident, endedAt: 5 };
    const sides = (incidents: readonly Incident[]) =>
      mapRows(sources([late], { incidents }))
        .slice(0, 2)
        .map(({ side }) => side);
    expect([sides([incident]), sides([over])]).toEqual([
      ['theirs', 'theirs'],
      [undefined, undefined],
    ]);
  });

  it('hides what is folded away, and is walked like a tree', () => {
    const rows = mapRows(sources([live, late], { turned: new Set(['binance/market']) }));
    expect(rows.map(({ id, isOpen }) => [id, isOpen]).slice(0, 3)).toEqual([
      ['binance', true],
      ['binance/public', false],
      ['binance/market', true],
    ]);
    const walked = (['ArrowDown', 'End', 'ArrowLeft', 'ArrowRight'] as const).map((key) =>
      rowAfter(rows, 2, key),
    );
    expect(walked).toEqual([3, rows.length - 1, 0, 3]);
    expect([rowAfter(rows, 0, 'ArrowLeft'), rowAfter(rows, 1, 'ArrowRight')]).toEqual([undefined, undefined]);
  });

  it('unfolds what is selected elsewhere, and stands on what it is folded into until then', () => {
    const stream = 'binance/public book binance:BTC-USDT-PERP';
    const folded = new Set(['binance']);
    const opened = unfolded(folded, stream);
    expect([...opened]).toEqual(['binance/public']);
    expect(unfolded(opened, stream)).toBe(opened);
    const stands = (turned: ReadonlySet<string>) => {
      const rows = mapRows(sources([live], { turned }));
      return rows[rowOf(rows, stream)]?.id;
    };
    expect([stands(folded), stands(new Set()), stands(opened)]).toEqual([
      'binance',
      'binance/public',
      stream,
    ]);
  });

  it('counts as live only streams on a connection that is up, of an engine that answers', () => {
    const { health } = sources([live, late]);
    expect([countLive(health, true), countLive(health, false), countLive(undefined, true)]).toEqual([
      { live: 2, total: 3 },
      { live: 0, total: 3 },
      { live: 0, total: 0 },
    ]);
  });
});
