import { createEmitter } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { type AccountState, accountId } from '#shared/domain/account.ts';
import { venueId } from '#shared/domain/instrument.ts';
import type { OrderReport } from '#shared/domain/order.ts';
import type { VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { Placed } from '#venues/order.ts';
import { type AccountEvent, type AccountHoldings, emptyHoldings } from '../../accounts/account-holdings.ts';
import { accountState } from '../../accounts/account-state.ts';
import type { CallOutcome, TradingAccount } from '../trading-account.ts';
import type { ChaosVenue, Fate } from './chaos-venue.ts';

export const CHAOS_ACCOUNT = accountId('plain#abc123');

export interface ChaosAccount extends TradingAccount {
  /** Its socket is cut; another one stands after a while. */
  cut(): void;
  /** The program is gone: nothing it waited for comes. */
  die(): void;
}

/** What the desk sees of the chaos venue: through a socket that breaks and calls whose answers are lost. */
export function createChaosAccount(options: {
  readonly clock: VirtualClock;
  readonly chance: () => number;
  readonly venue: ChaosVenue;
  /** Just before a request is taken by the network. */
  readonly onPost: (clientOrderId: string) => void;
  readonly onDeath: () => void;
}): ChaosAccount {
  const { clock, chance, venue } = options;
  const moved = createEmitter<{ readonly now: AccountHoldings; readonly before: AccountHoldings }>();
  const entered = createEmitter<AccountState>();
  let holdings = emptyHoldings(CHAOS_ACCOUNT);
  let state: AccountState = { kind: 'connecting' };
  let epoch = 0;
  let isDead = false;
  let deliveredUntil = 0;

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => void clock.after(ms, () => void (isDead || resolve())));
  const never = () => new Promise<never>(() => undefined);
  const upTo = (most: number) => Math.floor(chance() * most);

  function apply(event: AccountEvent): void {
    const before = holdings;
    holdings = accountState(before, event);
    if (holdings !== before) moved.emit({ now: holdings, before });
  }

  function enter(next: AccountState): void {
    state = next;
    entered.emit(next);
  }

  function hear(): void {
    venue.onEvent = (event, lateMs) => {
      const heard = epoch;
      // One socket tells in order, however late.
      deliveredUntil = Math.max(deliveredUntil, clock.monotonic() + lateMs);
      clock.after(deliveredUntil - clock.monotonic(), () => {
        if (isDead || heard !== epoch) return;
        apply({ ...event, source: 'stream', receivedAt: clock.now() });
      });
    };
  }

  async function connect(): Promise<void> {
    epoch += 1;
    const mine = epoch;
    for (;;) {
      await sleep(200 + upTo(1500));
      if (mine !== epoch) return;
      if (!venue.isLinkUp) continue;
      hear();
      const isCompared = await compare().then(
        () => true,
        () => false,
      );
      if (mine !== epoch) return;
      if (isCompared && venue.isLinkUp) return enter({ kind: 'live' });
      venue.onEvent = undefined;
    }
  }

  async function compare(): Promise<void> {
    await sleep(upTo(300));
    if (!venue.isLinkUp) throw unreachable();
    const seen = venue.list();
    const orders = seen.map(({ order }) => order);
    apply({
      kind: 'past',
      orders,
      fills: seen.flatMap(({ fills }) => fills),
      receivedAt: clock.now(),
    });
  }

  function answerTo(fate: Fate, clientOrderId: string): CallOutcome<Placed> {
    const words = { venueCode: fate.code, message: '' };
    switch (fate.answer) {
      case 'ok': {
        const known = venue.truth.get(clientOrderId);
        if (known === undefined) return { verdict: 'unknown', ...words };
        const { venueOrderId } = known.order;
        return { verdict: 'accepted', answer: { venueOrderId } };
      }
      case 'refused':
        return { verdict: 'rejected', ...words };
      case 'turned-away':
        return { verdict: 'unsent', ...words };
      case 'exists':
        return { verdict: venue.truth.has(clientOrderId) ? 'exists' : 'unknown', ...words };
      default:
        return { verdict: 'unknown', ...words };
    }
  }

  void connect();
  const stopComparing = clock.every(10_000, () => {
    if (state.kind === 'live') compare().catch(() => undefined);
  });

  return {
    id: CHAOS_ACCOUNT,
    venue: venueId('plain'),
    label: 'chaos',
    environment: 'simulator',
    isReal: false,
    mode: 'trade',
    get state() {
      return state;
    },
    get holdings() {
      return holdings;
    },
    reconciledAt: undefined,
    get streamHeardAt() {
      return clock.now();
    },
    get streamEpoch() {
      return epoch;
    },
    isHedged: false,
    absence: venue.rule,
    clockOffsetMs: 0,
    abilities: () => ({
      conditional: false,
      immediate: [],
      postOnly: true,
      reduceOnly: false,
      closePosition: false,
      amend: 'no',
    }),
    fees: () => undefined,
    async place(request, onSending) {
      await sleep(upTo(20));
      try {
        onSending('hash');
      } catch (fault) {
        const code = fault instanceof HeartlineError ? fault.code : 'internal';
        return { verdict: 'unsent', venueCode: code, message: '' };
      }
      const fate = venue.fateOf();
      if (fate.isDying === 'before') {
        options.onDeath();
        return never();
      }
      options.onPost(request.clientOrderId);
      // A link that is down takes what is sent, and loses it.
      venue.receive(request, venue.isLinkUp ? fate : { ...fate, answer: 'reset', transitMs: undefined });
      if (fate.isDying === 'after') {
        options.onDeath();
        return never();
      }
      const waitMs = Math.max(fate.answerMs, fate.answer === 'ok' ? (fate.transitMs ?? 0) + 1 : 0);
      await sleep(waitMs);
      if (!venue.isLinkUp) return { verdict: 'unknown', venueCode: 'rest.unreachable', message: '' };
      return answerTo(fate, request.clientOrderId);
    },
    amend: () => Promise.reject(new Error('not here')),
    async cancel({ clientOrderId = '' }, onSending) {
      onSending('hash');
      const isLost = chance() < 0.4;
      const isTaken = venue.isLinkUp && (!isLost || chance() < 0.5);
      const verdict = isTaken ? venue.cancel(clientOrderId) : 'gone';
      await sleep(upTo(300));
      if (isLost || !isTaken) return { verdict: 'unknown', venueCode: 'rest.timeout', message: '' };
      if (verdict === 'accepted') return { verdict, answer: {} };
      return { verdict, venueCode: '-2011', message: '' };
    },
    cancelAll: () => undefined,
    mostCancels: 1,
    async openOrders() {
      await sleep(upTo(200));
      if (!venue.isLinkUp) throw unreachable();
      return venue.list().flatMap(({ order }) => (isOpen(order) ? [order] : []));
    },
    async find({ clientOrderId = '' }) {
      const venueTime = clock.now();
      await sleep(upTo(200));
      if (!venue.isLinkUp) throw unreachable();
      const found = venue.find(clientOrderId);
      return found === undefined ? { order: undefined, venueTime } : { ...found, venueTime };
    },
    reconcile: compare,
    onHoldings: (listener) => moved.on(({ now, before }) => listener(now, before)),
    onState: (listener) => entered.on(listener),
    cut() {
      if (isDead) return;
      venue.onEvent = undefined;
      enter({ kind: 'degraded', cause: { code: 'socket.closed', detail: 'cut' } });
      void connect();
    },
    die() {
      isDead = true;
      stopComparing();
      epoch += 1;
      venue.onEvent = undefined;
    },
  };
}

function isOpen({ status }: OrderReport): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}

function unreachable(): HeartlineError {
  return new HeartlineError('rest.unreachable', 'no link');
}
