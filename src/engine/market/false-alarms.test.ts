import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { MarketEvent } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { figure } from '#shared/test-kit/figure.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { binance } from '#venues/binance/index.ts';
import { bybit } from '#venues/bybit/index.ts';
import { upbit } from '#venues/upbit/index.ts';
import type { Venue } from '#venues/venue.ts';
import { recordLines } from '../recorder/record-lines.ts';
import { readRecord } from '../recorder/recording.ts';
import { createFakeSockets } from '../test-kit/fake-socket.ts';
import { createMarketTempo } from './market-tempo.ts';
import { createSession } from './session.ts';

// Reliability law G2: what was recorded of markets that worked is never called late or stale, and what is cut out of it is
// noticed. The recordings lie beside the repository; they are played through whole sessions, each route its own, at the
// times they came.

const shared = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const venues: readonly (readonly [folder: string, venue: Venue, ackOf: (requestId: string) => string])[] = [
  ['binance-usdm', binance, (id) => `{"result":null,"id":${id}}`],
  ['bybit', bybit, (id) => `{"success":true,"ret_msg":"","conn_id":"x","req_id":"${id}","op":"subscribe"}`],
  ['upbit', upbit, () => '{"status":"UP"}'],
];

interface Frame {
  readonly at: number;
  readonly raw: string;
  readonly route: string;
  readonly streams: ReadonlySet<string>;
}

function keyOf(event: MarketEvent): StreamKey {
  const { instrument } = event;
  switch (event.kind) {
    case 'candle':
      return { kind: 'candle', instrument, interval: event.interval };
    case 'book-delta':
    case 'book-snapshot':
      return { kind: 'book', instrument };
    default:
      return { kind: event.kind, instrument };
  }
}

/** Every frame that brings data, with what it brings; and all streams there are. */
async function load(path: string, venue: Venue) {
  const frames: Frame[] = [];
  const keys = new Map<string, StreamKey>();
  const decoders = new Map<string | undefined, ReturnType<Venue['createDecoder']>>();
  for await (const line of recordLines(path)) {
    const record = readRecord(line);
    if (record.kind !== 'frame' || record.receivedAt === 0) continue;
    const decode =
      decoders.get(record.route) ?? venue.createDecoder(record.route ? { route: record.route } : {});
    decoders.set(record.route, decode);
    const streams = new Set<string>();
    let route: string | undefined;
    for (const decoded of decode(record.raw, record.receivedAt)) {
      if (!('instrument' in decoded)) continue;
      const key = keyOf(decoded);
      keys.set(streamKeyText(key), key);
      streams.add(streamKeyText(key));
      route = venue.routeOf(key);
    }
    if (route !== undefined) frames.push({ at: record.receivedAt, raw: record.raw, route, streams });
  }
  return { frames, keys };
}

interface Cut {
  /** Ms after the first frame. */
  readonly afterMs: number;
  /** Only this stream; absent: everything. */
  readonly stream?: string;
}

/** Plays the frames; `alarms` is everything that was called late or stale, or given up or asked for again. */
function play(
  { frames, keys }: Awaited<ReturnType<typeof load>>,
  venue: Venue,
  ackOf: (id: string) => string,
  cut?: Cut,
) {
  const startedAt = frames[0]?.at ?? 0;
  const clock = createVirtualClock(startedAt - 100);
  const tempo = createMarketTempo();
  const peers = createFakeSockets();
  const alarms = new Set<string>();
  const spoke = new Set<string>();
  const routes = [...new Set([...keys.values()].map((key) => venue.routeOf(key)))];
  const played = routes.map((route) => {
    const session = createSession({
      id: `${venue.id}/${route}`,
      venue,
      endpoints: { rest: '', ws: '' },
      route,
      clock,
      tempo,
      openSocket: peers.open,
      decoderOptions: {},
      onEvent: () => undefined,
      onInterrupted: () => undefined,
      onState(state) {
        if (['degraded', 'stale', 'waiting'].includes(state.kind)) alarms.add(`${route} ${state.kind}`);
      },
      onFact(fact) {
        // This recorder asked for no snapshots, as we do: a stream that has not spoken yet may rightly be asked for again.
        if (spoke.has(fact.stream)) alarms.add(`${fact.kind} ${fact.stream}`);
      },
      onTrouble: () => undefined,
      countsOf: () => ({ gaps: 0, resyncs: 0 }),
    });
    for (const key of keys.values()) if (venue.routeOf(key) === route) session.want(key);
    const peer = peers.last;
    peer.listener.opened();
    clock.every(1000, () => {
      session.second();
      for (const { stream, state } of session.health().streams) {
        if (state === 'late' || state === 'stale') alarms.add(`${stream} ${state}`);
      }
    });
    clock.every(100, () => {
      peer.listener.pulse('pong');
      for (const sent of peer.sent.splice(0)) {
        const id = /"(?:id|req_id)":"?(\d+)/.exec(sent)?.[1];
        if (id !== undefined) peer.say(ackOf(id));
      }
    });
    return { route, peer };
  });
  const cutAt = startedAt + (cut?.afterMs ?? Number.POSITIVE_INFINITY);
  for (const { at, raw, route, streams } of frames) {
    if (at > clock.now()) clock.advance(at - clock.now());
    if (cut && at > cutAt + 10_000) break;
    if (at >= cutAt && (cut?.stream === undefined || streams.has(cut.stream))) {
      if (alarms.size > 0) break;
      continue;
    }
    played.find((one) => one.route === route)?.peer.say(raw);
    for (const stream of streams) spoke.add(stream);
    // What was muted is noticed; what happens to the others meanwhile is another matter.
    if (cut && at >= cutAt && alarms.size > 0) break;
  }
  return { alarms: [...alarms], noticedAfterMs: clock.now() - cutAt };
}

if (!existsSync(shared)) {
  test('recorded sessions raise no false alarm', (context) => context.skip('../shared/fixtures is not here'));
}

for (const [folder, venue, ackOf] of existsSync(shared) ? venues : []) {
  describe(`recorded sessions of ${venue.name}`, () => {
    const names = readdirSync(`${shared}${folder}/session`).filter((name) => name.endsWith('.ndjson.gz'));
    test.for(names)('%s raises no false alarm', async (name, context) => {
      const session = await load(`${shared}${folder}/session/${name}`, venue);
      if (session.frames.length === 0) context.skip(`${name} holds answers only, no data`);
      const { alarms } = play(session, venue, ackOf);
      figure('G2', `false alarms in the recording ${name}`, alarms.length, 'alarms');
      expect(alarms).toEqual([]);
    });
  });
}

describe.skipIf(!existsSync(shared))('a busy stream cut out of a recorded session', () => {
  test.each([
    ['hft-btcusdt-20230404', 'BTC'],
    ['hft-btcusdt-20240808', 'BTC'],
    ['hft-ethusdt-20240808', 'ETH'],
  ])('%s is noticed within 5 s, alone and with all others', async (name, coin) => {
    const session = await load(`${shared}binance-usdm/session/${name}.ndjson.gz`, binance);
    const noticed: Record<string, boolean> = {};
    let slowestMs = 0;
    for (const kind of ['trade', 'top', 'book', undefined]) {
      for (const afterMs of [30_000, 65_000]) {
        const stream = kind === undefined ? {} : { stream: `${kind} binance:${coin}-USDT-PERP` };
        const { alarms, noticedAfterMs } = play(session, binance, (id) => `{"result":null,"id":${id}}`, {
          afterMs,
          ...stream,
        });
        noticed[`${kind ?? 'everything'} at ${afterMs}`] = alarms.length > 0 && noticedAfterMs <= 5000;
        slowestMs = Math.max(slowestMs, noticedAfterMs);
      }
    }
    figure('G2', `busy stream cut out of ${name} noticed after, slowest`, slowestMs, 'ms');
    expect(Object.entries(noticed).filter(([, isInTime]) => !isInTime)).toEqual([]);
  });
});
