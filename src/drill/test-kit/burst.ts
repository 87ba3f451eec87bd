import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '#engine/engine.ts';
import { openSocket, type SocketListener } from '#engine/net/socket.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { TradeColumns } from '#shared/contract/columns.ts';
import { encodeFrame } from '#shared/contract/frame.ts';
import type { ClientMessage, ServerChannel, ServerMessage } from '#shared/contract/protocol.ts';
import { instrumentId } from '#shared/domain/instrument.ts';
import { startSimulator } from '#simulator/simulator.ts';
import { venuesAt } from '#venues/registry.ts';

const BTC = instrumentId('binance:BTC-USDT-PERP');
/** Of ten frames so many are trades; the others change the book. */
const TRADES_OF_TEN = 6;

/** A window at the engine's contract that acknowledges batches, or does not. */
export interface BurstWindow {
  frozen: boolean;
  /** Acknowledges what it left unacknowledged. */
  thaw(): void;
  readonly batches: number;
  /** The longest batch as it would go over a socket. */
  readonly longestBatchBytes: number;
  /** Trades received since the burst began, those the engine counted as left out, and the newest id. */
  readonly received: number;
  readonly dropped: number;
  readonly newestTrade: string;
}

/**
 * An engine on Binance's own wire, connected and live on a simulator whose market is then stopped, so that every frame
 * of the burst is ours: aggregate trades and changes of the book, each the true next of the one before.
 */
export interface BurstStage extends AsyncDisposable {
  readonly engine: Engine;
  window(): BurstWindow;
  /** Hands so many frames to the sockets' listeners at once. */
  pour(frames: number): void;
  readonly poured: { readonly frames: number; readonly trades: number; readonly newestTrade: string };
}

export async function openBurstStage(): Promise<BurstStage> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'heartline-burst-')), (made) =>
    rmSync(made, { recursive: true, force: true }),
  );
  const simulator = stack.adopt(await startSimulator({ seed: 3 }), (started) => started.stop());
  const last = new Map<string, { readonly listener: SocketListener; readonly text: string }>();
  const engine = stack.use(
    createEngine({
      clock: systemClock,
      dataDir: folder,
      venues: venuesAt(({ id }) => (id === 'binance' ? simulator.address.venues[id] : undefined)),
      app: { version: 'test', mode: 'demo', environment: 'simulator', shell: 'headless' },
      openSocket: (url, listener) =>
        openSocket(url, {
          ...listener,
          frame(bytes) {
            const text = new TextDecoder().decode(bytes);
            const kind = /"e":"(aggTrade|depthUpdate)"/u.exec(text)?.[1];
            if (kind && text.includes('BTCUSDT')) last.set(kind, { listener, text });
            listener.frame(bytes);
          },
        }),
    }),
  );
  const keeper = openWindow(engine);
  await until(() => last.size === 2 && keeper.newestTrade !== '' && isLive(engine));
  await fetch(`${simulator.address.control}/_sim/pause`, { method: 'POST' });
  // What was on its way arrives, and the templates are the last of their kind.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const trade = frameOf(last.get('aggTrade'));
  const delta = frameOf(last.get('depthUpdate'));
  let tradeId = Number(trade.data['a']);
  let updateId = Number(delta.data['u']);
  const poured = { frames: 0, trades: 0, newestTrade: String(tradeId) };
  const kept = stack.move();

  function tradeFrame(now: number): Buffer {
    tradeId += 1;
    poured.trades += 1;
    poured.newestTrade = String(tradeId);
    return Buffer.from(
      `{"stream":"${trade.stream}","data":{"e":"aggTrade","E":${now},"a":${tradeId},"s":"BTCUSDT","p":"${trade.data['p']}","q":"0.010","nq":"0.010","f":${tradeId},"l":${tradeId},"T":${now},"m":${tradeId % 2 === 0}}}`,
    );
  }

  function deltaFrame(now: number): Buffer {
    const previous = updateId;
    updateId += 3;
    const [bid, ask] = [delta.data['b'], delta.data['a']] as [unknown[][], unknown[][]];
    const side = (levels: unknown[][]) =>
      levels.length === 0 ? '[]' : `[["${String(levels[0]?.[0])}","${1 + (updateId % 50)}.000"]]`;
    return Buffer.from(
      `{"stream":"${delta.stream}","data":{"e":"depthUpdate","E":${now},"T":${now},"s":"BTCUSDT","U":${previous + 1},"u":${updateId},"pu":${previous},"b":${side(bid)},"a":${side(ask)}}}`,
    );
  }

  return {
    engine,
    window: () => openWindow(engine),
    pour(frames) {
      const now = Date.now();
      for (let index = 0; index < frames; index += 1) {
        poured.frames += 1;
        if (poured.frames % 10 < TRADES_OF_TEN) trade.listener.frame(tradeFrame(now));
        else delta.listener.frame(deltaFrame(now));
      }
    },
    poured,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function frameOf(seen: { readonly listener: SocketListener; readonly text: string } | undefined) {
  if (!seen) throw new Error('no frame of that kind was seen');
  const { stream, data } = JSON.parse(seen.text) as { stream: string; data: Record<string, unknown> };
  return { listener: seen.listener, stream, data };
}

function isLive(engine: Engine): boolean {
  const { connections } = engine.health();
  return connections.length > 0 && connections.every(({ state }) => state.kind === 'live');
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('the stage of the burst did not get ready');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function openWindow(engine: Engine): BurstWindow {
  let hear: (message: ClientMessage) => void = () => undefined;
  let unacknowledged: number | undefined;
  let isFrozen = false;
  const told = { batches: 0, longestBatchBytes: 0, received: 0, dropped: 0, newestTrade: '' };
  const acknowledge = (seq: number) => queueMicrotask(() => hear({ t: 'ack', seq }));

  const channel: ServerChannel = {
    send(message: ServerMessage) {
      if (message.t !== 'batch') return;
      told.batches += 1;
      told.longestBatchBytes = Math.max(told.longestBatchBytes, bytesOf(message));
      for (const [watch, update] of message.updates) if (watch === 1) takeTrades(update as TradeColumns);
      if (isFrozen) unacknowledged = message.seq;
      else acknowledge(message.seq);
    },
    onMessage(listener) {
      hear = listener;
      return () => undefined;
    },
    onClose: () => () => undefined,
    close: () => undefined,
  };

  function takeTrades(columns: TradeColumns): void {
    if (columns.restart) {
      told.received = 0;
      told.dropped = 0;
    } else {
      told.received += columns.ids.length;
      told.dropped += columns.dropped;
    }
    told.newestTrade = columns.ids.at(-1) ?? told.newestTrade;
  }

  engine.serve(channel);
  const watches = [
    ['trades', { instrument: BTC }],
    ['book', { instrument: BTC, depth: 20 }],
    ['tickers', { instruments: [BTC] }],
    ['candles', { instrument: BTC, interval: '1m' }],
    ['health', {}],
    ['metrics', {}],
    ['log', {}],
  ] as const;
  watches.forEach(([name, input], at) => {
    hear({ t: 'watch', id: at + 1, name, input });
  });
  return {
    get batches() {
      return told.batches;
    },
    get longestBatchBytes() {
      return told.longestBatchBytes;
    },
    get received() {
      return told.received;
    },
    get dropped() {
      return told.dropped;
    },
    get newestTrade() {
      return told.newestTrade;
    },
    get frozen() {
      return isFrozen;
    },
    set frozen(frozen) {
      isFrozen = frozen;
    },
    thaw() {
      isFrozen = false;
      if (unacknowledged !== undefined) acknowledge(unacknowledged);
      unacknowledged = undefined;
    },
  };
}

function bytesOf(message: ServerMessage): number {
  const frame = encodeFrame(message);
  return typeof frame === 'string' ? frame.length : frame.byteLength;
}
