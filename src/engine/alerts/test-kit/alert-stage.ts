import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import type { RequestInput } from '#shared/contract/api.ts';
import { requestInputs } from '#shared/contract/api.ts';
import type { Position } from '#shared/domain/account.ts';
import type { AlertCall, AlertRule, AlertsUpdate } from '#shared/domain/alert.ts';
import type { ConnectionState, StreamState } from '#shared/domain/connection.ts';
import { type Instrument, type InstrumentId, venueId, venueOf } from '#shared/domain/instrument.ts';
import type { Candle } from '#shared/domain/market-data.ts';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createEventLog } from '../../health/event-log.ts';
import type { PostJson } from '../../health/post-webhook.ts';
import type { Market, MarketChange } from '../../market/market.ts';
import { createMarketList } from '../../market/market-list.ts';
import { type AlertRoom, createAlertRoom } from '../alert-room.ts';

export const PERP = 'plain:BTC-USDT-PERP' as InstrumentId;
export const SPOT = 'plain:BTC-USDT' as InstrumentId;
export const WON = 'won:BTC-KRW' as InstrumentId;
export const TETHER = 'won:USDT-KRW' as InstrumentId;
export const ACCOUNT = 'plain#k3f9a2';
const LISTED: Readonly<Record<string, readonly InstrumentId[]>> = { plain: [PERP, SPOT], won: [WON, TETHER] };

/** Two venues that tell what the test says, a room of alerts over them, and a folder that outlives it. */
export function createAlertStage(start: { readonly post?: PostJson; readonly webhookUrl?: string } = {}) {
  const clock = createVirtualClock();
  const dataDir = mkdtempSync(join(tmpdir(), 'heartline-alerts-'));
  const path = join(dataDir, 'alerts.json');
  const held = new Map<string, number>();
  const states = new Map<string, StreamState>();
  const rows = new Map<string, Record<string, number>>();
  const books = new Map<string, readonly [number, number]>();
  const candles = new Map<string, readonly Candle[]>();
  const connections = new Map<string, ConnectionState>();
  const changes = { plain: createEmitter<MarketChange>(), won: createEmitter<MarketChange>() };
  const accounts = createEmitter<void>();
  let positions: readonly Position[] = [];
  let accountState = 'live';
  let won = { krwPerUsd: 1400, isStale: false };
  const log = createEventLog(clock);
  const markets = createMarketList();

  const instrumentOf = (id: InstrumentId): Instrument => {
    const [base = '', quote = '', perp] = id.slice(id.indexOf(':') + 1).split('-');
    const kind = perp === undefined ? 'spot' : 'perpetual';
    return { id, venue: venueOf(id), kind, base, quote, status: 'trading', tickSize: '0.5' } as Instrument;
  };
  for (const name of ['plain', 'won'] as const) {
    const market = {
      venue: { id: venueId(name), name, favourites: LISTED[name], takerFee: 0 },
      maxCandles: 1000,
      isPaused: false,
      hold(stream: StreamKey) {
        const text = streamKeyText(stream);
        held.set(text, (held.get(text) ?? 0) + 1);
        return () => {
          const left = (held.get(text) ?? 1) - 1;
          if (left === 0) held.delete(text);
          else held.set(text, left);
        };
      },
      onChange: changes[name].on,
      async check(id: InstrumentId) {
        if (LISTED[name]?.includes(id)) return instrumentOf(id);
        throw new HeartlineError('instrument.unknown', `no ${id}`, { details: { instrument: id } });
      },
      row: (id: InstrumentId) => rows.get(id),
      book(id: InstrumentId) {
        const best = books.get(id);
        if (!best) return undefined;
        const side = (price: number) => Float64Array.of(price, 1);
        return {
          book: {
            state: 'live',
            priceScale: 1,
            receivedAt: clock.now(),
            read: () => ({ bids: side(best[0]), asks: side(best[1]) }),
          },
        };
      },
      loadCandles: async ({ instrument }: { instrument: InstrumentId }) => candles.get(instrument) ?? [],
      health: () => [
        {
          id: `${name}/all`,
          state: connections.get(name) ?? { kind: 'live' },
          streams: [...held.keys()]
            .filter((text) => text.includes(` ${name}:`))
            .map((stream) => ({ stream, state: states.get(stream) ?? 'pending' })),
        },
      ],
      dispose: () => undefined,
    };
    markets.add(market as unknown as Market);
  }

  const source = <Update>(changed: () => void, take: () => Update) => {
    let isDue = true;
    const undo = accounts.on(() => {
      isDue = true;
      changed();
    });
    return {
      take() {
        const due = isDue;
        isDue = false;
        return due ? take() : undefined;
      },
      dispose: undo,
    };
  };
  const posted: { readonly url: string; readonly body: Record<string, unknown> }[] = [];
  const post: PostJson = async (url, init) => {
    posted.push({ url, body: JSON.parse(init.body) });
    return start.post ? start.post(url, init) : { status: 200 };
  };

  let room: AlertRoom;
  let watch: { take(): AlertsUpdate | undefined; dispose(): void };
  const calls: AlertCall[] = [];
  let latest: AlertsUpdate = { asOf: 0, calls: [] };
  function open(): void {
    room = createAlertRoom({
      clock,
      log,
      path,
      markets,
      accounts: {
        watches: {
          accounts: (_: object, changed: () => void) =>
            source(changed, () => ({ accounts: [{ id: ACCOUNT, state: { kind: accountState } }] })),
          positions: (_: object, changed: () => void) =>
            source(changed, () => ({ restart: true, rows: positions, removed: [] })),
        },
      } as never,
      fx: {
        rate: () => ({ krwPerUsd: won.krwPerUsd, asOf: clock.now(), source: 'typed' }),
        isStale: () => won.isStale,
      },
      settings: () => ({ webhookUrl: start.webhookUrl ?? '' }),
      post,
    });
    watch = room.watches.alerts({}, () => undefined);
    latest = { asOf: 0, calls: [] };
  }
  open();

  function take(): AlertsUpdate {
    const update = watch.take();
    if (update) {
      latest = { ...latest, ...update };
      calls.push(...update.calls);
    }
    return latest;
  }
  function tell(instrument: InstrumentId, figures: Record<string, number>, kind: 'ticker' | 'mark'): void {
    clock.advance(20);
    const at = clock.now();
    const dated = kind === 'ticker' ? { lastReceivedAt: at } : { markReceivedAt: at };
    rows.set(instrument, { ...rows.get(instrument), ...figures, ...dated });
    states.set(`${kind} ${instrument}`, 'live');
    changes[venueOf(instrument) as 'plain'].emit({ kind: 'ticker', instrument });
    clock.advance(0);
  }

  return {
    clock,
    log,
    path,
    held,
    states,
    candles,
    connections,
    posted,
    calls,
    markets,
    get room() {
      return room;
    },
    get codes() {
      return log.entries.map(({ code }) => code).filter((code) => code !== 'alert.triggered');
    },
    /** What a window holds now. */
    get view() {
      return take();
    },
    /** What happened, oldest first: `triggered 101`, `blind stale`. */
    get story() {
      return [...(take().happenings ?? [])]
        .reverse()
        .map((one) => (one.kind === 'triggered' ? `triggered ${one.value}` : `blind ${one.reason}`));
    },
    async add(rule: AlertRule, more: Partial<RequestInput<'alerts.add'>> = {}): Promise<string> {
      const order = {
        rule,
        note: '',
        ways: ['toast'],
        repeatAfterMs: null,
        expiresAt: null,
        isPaused: false,
      };
      const input = requestInputs['alerts.add'].parse({ ...order, ...more });
      const { id } = await room.requests['alerts.add'](input);
      return id;
    },
    price: (instrument: InstrumentId, last: number) => tell(instrument, { last }, 'ticker'),
    mark: (instrument: InstrumentId, figures: { mark?: number; fundingRate?: number }) =>
      tell(instrument, figures, 'mark'),
    /** Best bid and ask in tenths. */
    book(instrument: InstrumentId, bid: number, ask: number) {
      clock.advance(20);
      books.set(instrument, [bid, ask]);
      states.set(`book ${instrument}`, 'live');
      changes[venueOf(instrument) as 'plain'].emit({ kind: 'book', instrument });
      clock.advance(0);
    },
    /** The streams of an instrument die. */
    kill(instrument: InstrumentId) {
      for (const kind of ['ticker', 'trade', 'mark', 'book']) {
        if (states.has(`${kind} ${instrument}`)) states.set(`${kind} ${instrument}`, 'stale');
      }
    },
    position(change: Partial<Position> | undefined, state = accountState) {
      accountState = state;
      const row = { account: ACCOUNT, instrument: PERP, leg: 'both', quantity: '1', entryPrice: '100' };
      positions = change ? [{ ...row, receivedAt: clock.now(), ...change } as Position] : [];
      accounts.emit();
      clock.advance(1);
    },
    fx(krwPerUsd: number, isStale = false) {
      won = { krwPerUsd, isStale };
    },
    seconds(count: number) {
      for (let second = 0; second < count; second += 1) {
        clock.advance(1000);
        room.second();
        take();
      }
      clock.advance(0);
      take();
    },
    /** Promises go on. */
    async settle() {
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      take();
    },
    /** The program ends, or is killed, and is there again after so long. */
    restart(awayMs: number, isKilled = false) {
      take();
      if (!isKilled) room.dispose();
      states.clear();
      rows.clear();
      clock.advance(awayMs);
      open();
    },
    dispose() {
      room.dispose();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
