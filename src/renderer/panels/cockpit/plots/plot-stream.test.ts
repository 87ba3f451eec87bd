import { expect, it } from 'vitest';
import type { HealthView } from '#shared/contract/api.ts';
import { venueId } from '#shared/domain/instrument.ts';
import { latencyColumns, plotStream } from './plot-stream.ts';

function health(...rows: readonly (readonly [connection: string, stream: string, perSecond: number])[]) {
  const view: HealthView = {
    asOf: 0,
    engine: { memoryMb: 1, eventLoopDelayMs: 0 },
    clockOffsetMs: {},
    connections: rows.map(([id, stream, perSecond]) => ({
      id,
      venue: venueId(id.slice(0, id.indexOf('/'))),
      state: { kind: 'live' },
      since: 0,
      epoch: 1,
      reconnects: 0,
      failedFrames: 0,
      streams: [{ stream, state: 'live', since: 0, perSecond, gaps: 0, resyncs: 0 }],
    })),
  };
  return view;
}

it('plots the stream selected, else the busiest of the venue or connection selected, else the busiest of all', () => {
  const view = health(['a/x', 'book a:B-C', 5], ['a/y', 'trade a:B-C', 9], ['b/x', 'book b:B-C', 20]);
  const plotted = ['a/x book a:B-C', 'a', 'a/x', 'c', undefined].map((subject) => plotStream(view, subject));
  expect(plotted).toEqual([
    'a/x book a:B-C',
    'a/y trade a:B-C',
    'a/x book a:B-C',
    'b/x book b:B-C',
    'b/x book b:B-C',
  ]);
  expect(plotStream(undefined, undefined)).toBeUndefined();
});

it('takes one row of the heat, and leaves open what is not known', () => {
  const heat = {
    from: 0,
    to: 4_000,
    columns: 2,
    streams: [
      { stream: 's', connection: 'a/x' },
      { stream: 't', connection: 'a/x' },
    ],
    values: Float64Array.of(1, 2, 3, Number.NaN),
    medians: Float64Array.of(0.1, 0.2, 0.3, Number.NaN),
  };
  expect(latencyColumns(heat, 'a/x t')).toEqual([
    [1, 3],
    [0.3, null],
    [3, null],
  ]);
  expect(latencyColumns(heat, 'a/x gone')).toEqual([[], [], []]);
});
