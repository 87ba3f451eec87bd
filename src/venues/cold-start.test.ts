import { expect, test } from 'vitest';
import { openEngineStage } from '#drill/test-kit/engine-stage.ts';
import { venues } from './registry.ts';

interface VenueStats {
  readonly answers: Readonly<Record<string, number>>;
  readonly refusedUpgrades: number;
  readonly connections: readonly { readonly route: string; readonly streams: readonly string[] }[];
}

const INSTRUMENTS = 50;
const OPENED = 5;
/** Generous, because a limit is for what hangs. */
const PATIENCE_MS = 60_000;

test('a cold start of four venues with fifty instruments each meets no limit: no 429, no connection refused or lost, nothing asked for twice', async () => {
  await using stage = await openEngineStage();
  const all = await stage.engine.api.request('instruments.list', {});
  const wanted = venues.map((venue) => {
    const own = all.filter((one) => one.venue === venue.id && one.status !== 'halted').map(({ id }) => id);
    return [...new Set([...venue.favourites, ...own])].slice(0, INSTRUMENTS);
  });
  const opened = wanted.flatMap((instruments) => instruments.slice(0, OPENED));
  const tickers = stage.watch('tickers', { instruments: wanted.flat() });
  const books = opened.map((instrument) => stage.watch('book', { instrument, depth: 20 }));
  const tapes = opened.map((instrument) => stage.watch('trades', { instrument }));
  const charts = opened.map((instrument) => stage.watch('candles', { instrument, interval: '1m' }));

  const priced = new Set<string>();
  await tickers.until(({ instruments, last, bid }) => {
    instruments.forEach((instrument, at) => {
      if (Number.isFinite(last[at]) && Number.isFinite(bid[at])) priced.add(instrument);
    });
    return priced.size === INSTRUMENTS * venues.length;
  }, PATIENCE_MS);
  await Promise.all(books.map((book) => book.until(({ state }) => state === 'live')));
  await Promise.all(tapes.map((tape) => tape.until(({ ids }) => ids.length > 0)));
  await Promise.all(charts.map((chart) => chart.until(({ candles }) => candles.openTime.length > 1)));

  const stats = (await stage.control.read('stats')) as { venues: Record<string, VenueStats> };
  const met = Object.entries(stats.venues).map(([id, { answers, refusedUpgrades, connections }]) => {
    const asked = connections.flatMap(({ route, streams }) => streams.map((stream) => `${route} ${stream}`));
    return {
      id,
      refusals: Object.keys(answers).filter((status) => status !== '200'),
      refusedUpgrades,
      askedTwice: asked.filter((one, at) => asked.indexOf(one) !== at),
    };
  });
  expect({
    met,
    reconnects: stage.engine.health().connections.filter(({ reconnects }) => reconnects > 0),
    complaints: stage.log.filter(({ code }) => /^(?:rest|venue|subscription)\./.test(code)),
  }).toEqual({
    met: venues.map(({ id }) => ({ id, refusals: [], refusedUpgrades: 0, askedTwice: [] })),
    reconnects: [],
    complaints: [],
  });
}, 120_000);
