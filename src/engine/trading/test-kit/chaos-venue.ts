import Big from 'big.js';
import type { FillReport, OrderReport } from '#shared/domain/order.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { VirtualClock } from '#shared/test-kit/virtual-clock.ts';
import type { AbsenceRule } from '#venues/order.ts';

export const FENCED: AbsenceRule = { recvWindowMs: 5000, quarantineMs: 60_000, burnsIds: false };
export const UNFENCED: AbsenceRule = { quarantineMs: 60_000, burnsIds: true };

/** What comes back of a placed order. All but the first three leave it open whether it was taken. */
const ANSWERS = ['ok', 'refused', 'turned-away', 'exists', 'hang', 'reset', 'after-a-while'] as const;
export type ChaosAnswer = (typeof ANSWERS)[number];
const LOST_CODES = [
  'rest.timeout',
  'rest.unreachable',
  'venue.answer',
  '500',
  '502',
  '503',
  '504',
  '-1006',
  '-1007',
  '10000',
  '10016',
  '170007',
];

/** What becomes of one request, all of it chosen before it leaves. */
export interface Fate {
  readonly answer: ChaosAnswer;
  readonly code: string;
  readonly answerMs: number;
  /** `undefined`: it is lost on its way. */
  readonly transitMs: number | undefined;
  readonly isDying: 'before' | 'after' | 'no';
}

export type StreamEvent =
  | { readonly kind: 'order'; readonly order: OrderReport }
  | { readonly kind: 'fill'; readonly fill: FillReport };

interface Truth {
  order: OrderReport;
  readonly fills: FillReport[];
  /** Single lookups find it from then on, and lists show it. */
  readonly foundAt: number;
  readonly listedAt: number;
}

/** Where the orders really are. Monotonic time; its wall clock is ours. */
export interface ChaosVenue {
  readonly rule: AbsenceRule;
  readonly posts: ReadonlyMap<string, number>;
  readonly truth: ReadonlyMap<string, Truth>;
  isLinkUp: boolean;
  /** Monotonic: until then something is going to happen there. */
  readonly busyUntil: number;
  fateOf(): Fate;
  /** It is on its way, and will be taken. */
  isOnItsWay(id: string): boolean;
  receive(request: OrderRequest, fate: Fate): void;
  cancel(id: string): 'accepted' | 'gone';
  find(id: string): { readonly order: OrderReport; readonly fills: readonly FillReport[] } | undefined;
  list(): readonly Truth[];
  /** Told with the delay of each event. */
  onEvent: ((event: StreamEvent, lateMs: number) => void) | undefined;
}

export function createChaosVenue(clock: VirtualClock, chance: () => number, rule: AbsenceRule): ChaosVenue {
  const posts = new Map<string, number>();
  const truth = new Map<string, Truth>();
  const travelling = new Set<string>();
  let busyUntil = 0;
  const upTo = (most: number) => Math.floor(chance() * most);
  const lateMs = () => (chance() < 0.7 ? upTo(300) : upTo(3500));
  /** Half of them are there at once, a few not for a minute. */
  const hiddenMs = () => [upTo(200), upTo(200), upTo(5000), upTo(60_000)][upTo(4)] ?? 0;

  function later(ms: number, task: () => void): void {
    busyUntil = Math.max(busyUntil, clock.monotonic() + ms);
    clock.after(ms, task);
  }

  function tell(event: StreamEvent): void {
    venue.onEvent?.(event, lateMs());
    if (chance() < 0.1) venue.onEvent?.(event, lateMs() + 500);
  }

  function put(id: string, change: Partial<OrderReport>, fill?: FillReport): void {
    const known = truth.get(id);
    if (known === undefined) return;
    known.order = { ...known.order, ...change, venueTime: clock.now() };
    if (fill) {
      known.fills.push(fill);
      tell({ kind: 'fill', fill });
    }
    tell({ kind: 'order', order: known.order });
  }

  function accept(request: OrderRequest): void {
    const { clientOrderId: id, instrument, side, quantity } = request;
    const now = clock.monotonic();
    const hidden = hiddenMs();
    const order: OrderReport = {
      instrument,
      venueOrderId: `v${truth.size + 1}`,
      clientOrderId: id,
      side,
      type: 'limit',
      timeInForce: 'GTC',
      status: 'NEW',
      venueStatus: 'NEW',
      price: request.price ?? '1',
      quantity,
      filledQuantity: '0',
      reduceOnly: false,
      postOnly: false,
      venueTime: clock.now(),
      isConditional: false,
    };
    truth.set(id, { order, fills: [], foundAt: now + hidden, listedAt: now + Math.min(hidden, 3000) });
    tell({ kind: 'order', order });
    const life = upTo(4);
    if (life === 0) later(upTo(3000), () => end(id, 'CANCELED'));
    if (life > 1) for (let part = 1; part <= life; part += 1) later(upTo(15_000), () => fillPart(id, life));
  }

  function end(id: string, status: 'CANCELED'): void {
    put(id, { status, venueStatus: status });
  }

  function fillPart(id: string, parts: number): void {
    const known = truth.get(id);
    if (known === undefined || known.order.status === 'CANCELED') return;
    const { instrument, venueOrderId, side } = known.order;
    const quantity = new Big(known.order.quantity ?? 0).div(parts).toFixed();
    const count = known.fills.length + 1;
    const fill: FillReport = {
      id: `${venueOrderId}-${count}`,
      instrument,
      venueOrderId,
      clientOrderId: id,
      side,
      price: '1',
      quantity,
      venueTime: clock.now(),
    };
    const filledQuantity = new Big(known.order.filledQuantity).plus(quantity).toFixed();
    const isWhole = count === parts;
    put(
      id,
      {
        filledQuantity,
        status: isWhole ? 'FILLED' : 'PARTIALLY_FILLED',
        venueStatus: isWhole ? 'FILLED' : 'PARTIALLY_FILLED',
      },
      fill,
    );
  }

  const venue: ChaosVenue = {
    rule,
    posts,
    truth,
    isLinkUp: true,
    get busyUntil() {
      return busyUntil;
    },
    onEvent: undefined,
    fateOf() {
      const answer = ANSWERS[upTo(ANSWERS.length)] ?? 'ok';
      const isLost = answer === 'hang' || answer === 'reset' || answer === 'after-a-while';
      const isSlow = isLost && chance() < 0.3;
      const dying = upTo(20);
      return {
        answer,
        code: LOST_CODES[upTo(LOST_CODES.length)] ?? '',
        answerMs: answer === 'hang' ? 6000 : upTo(400),
        transitMs: isLost && chance() < 0.5 ? undefined : isSlow ? upTo(12_000) : upTo(100),
        isDying: dying === 0 ? 'before' : dying === 1 ? 'after' : 'no',
      };
    },
    isOnItsWay: (id) => travelling.has(id),
    receive(request, { answer, transitMs }) {
      const { clientOrderId: id } = request;
      posts.set(id, (posts.get(id) ?? 0) + 1);
      if (answer === 'refused' || answer === 'turned-away' || transitMs === undefined) return;
      // What it gets later than its window it does not take.
      if (rule.recvWindowMs !== undefined && transitMs > rule.recvWindowMs) return;
      travelling.add(id);
      later(transitMs, () => {
        travelling.delete(id);
        accept(request);
      });
    },
    cancel(id) {
      const known = truth.get(id);
      if (known === undefined || known.order.status === 'FILLED' || known.order.status === 'CANCELED')
        return 'gone';
      end(id, 'CANCELED');
      return 'accepted';
    },
    find(id) {
      const known = truth.get(id);
      if (known === undefined || clock.monotonic() < known.foundAt) return undefined;
      return { order: known.order, fills: [...known.fills] };
    },
    list: () => [...truth.values()].filter(({ listedAt }) => clock.monotonic() >= listedAt),
  };
  return venue;
}
