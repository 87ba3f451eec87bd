import { instrumentId } from '#shared/domain/instrument.ts';
import type { JournalLine } from '#shared/domain/journal.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { chanceOf } from '#shared/test-kit/seeds.ts';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createExecutor } from '../executor.ts';
import type { ApprovedOrder } from '../facts.ts';
import { followOrders } from '../follow-orders.ts';
import { createLateLines } from '../late-lines.ts';
import { createOwnSightings } from '../own-sightings.ts';
import { createResolver } from '../resolve-unknown.ts';
import { CHAOS_ACCOUNT, createChaosAccount } from './chaos-account.ts';
import { createChaosVenue, FENCED, UNFENCED } from './chaos-venue.ts';
import { createMemoryJournal } from './memory-journal.ts';

export interface ChaosOutcome {
  /** Broken laws, in words. */
  readonly broken: readonly string[];
  readonly orders: number;
  readonly unknown: number;
  readonly adopted: number;
  readonly absent: number;
  readonly asked: number;
  readonly crashes: number;
  /** From when it could be known (lost, link back, shown to lookups, fence passed) to when it was, ms. */
  readonly resolvedMs: readonly number[];
}

const INSTRUMENT = instrumentId('plain:BTC-USDT-PERP');
const LONGEST_MS = 200_000;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 14; turn += 1) await Promise.resolve();
}

function approved(clientOrderId: string): ApprovedOrder {
  return {
    account: CHAOS_ACCOUNT,
    instrument: INSTRUMENT,
    clientOrderId,
    side: 'buy',
    type: 'limit',
    isMarket: false,
    timeInForce: 'GTC',
    quantity: '6',
    price: '1',
    reduceOnly: false,
    closePosition: false,
    leg: 'both',
    notional: '6',
  } as ApprovedOrder;
}

/** A few orders through every misfortune that `seed` chooses, and whether what the journal says of them is the truth. */
export async function chaosRun(seed: number): Promise<ChaosOutcome> {
  const clock = createVirtualClock();
  const chance = chanceOf(seed);
  const upTo = (most: number) => Math.floor(chance() * most);
  const rule = chance() < 0.6 ? FENCED : UNFENCED;
  const venue = createChaosVenue(clock, chance, rule);
  const broken: string[] = [];
  const count = { unknown: 0, adopted: 0, absent: 0, asked: 0, crashes: 0 };
  const placed: string[] = [];
  const resolvedMs: number[] = [];
  const unknownSince = new Map<string, number>();
  let linkBackAt = 0;
  let liveAt = 0;
  let startedAt = 0;
  const epochAt = clock.now();
  let busyUntil = 4000;

  function start(before: readonly JournalLine[]) {
    const journal = createMemoryJournal(clock, before);
    const lines = createLateLines(clock, journal);
    const account = createChaosAccount({
      clock,
      chance,
      venue,
      onPost(id) {
        if (!journal.kindsOf(id).includes('sending')) broken.push(`${id} left unwritten`);
      },
      onDeath: crash,
    });
    const accounts = { all: [account], of: () => account, onChange: () => () => undefined };
    const sightings = createOwnSightings(journal, lines);
    account.onState(({ kind }) => {
      if (kind === 'live') liveAt = clock.monotonic();
    });
    const leave = journal.onOrder(judge);
    for (const order of journal.orders.values()) judge(order);
    const executor = createExecutor({ clock, journal, lines, accounts, sightings, isHalted: () => false });
    const unfollow = followOrders({ clock, accounts, sightings });
    const resolver = createResolver({ clock, journal, lines, accounts, sightings });
    return {
      journal,
      account,
      executor,
      resolver,
      isDead: false,
      die() {
        this.isDead = true;
        account.die();
        leave();
        unfollow();
        executor.dispose();
        resolver.dispose();
        sightings.dispose();
      },
    };
  }

  function judge(order: OwnOrder): void {
    const id = order.request.clientOrderId;
    const known = venue.truth.get(id);
    if (order.state === 'unsent' || order.state === 'rejected') {
      if (known !== undefined || venue.isOnItsWay(id))
        broken.push(`${id} is ${order.state}, and there it is`);
    }
    const ends = { filled: 'FILLED', cancelled: 'CANCELED', expired: 'EXPIRED' } as const;
    const end = order.state in ends ? ends[order.state as keyof typeof ends] : undefined;
    if (end !== undefined && known?.order.status !== end) {
      broken.push(`${id} is ${order.state}, and there ${known?.order.status}`);
    }
    const since = unknownSince.get(id);
    if (order.state === 'unknown' && since === undefined) {
      count.unknown += 1;
      unknownSince.set(id, clock.monotonic());
    } else if (order.state !== 'unknown' && order.state !== 'submitting' && since !== undefined) {
      unknownSince.delete(id);
      if (known === undefined) count.absent += 1;
      else count.adopted += 1;
      // After a restart it counts from there: when exactly it left is only known to have been before.
      const leftAt = Math.max(startedAt, order.placedAt - epochAt);
      const fence = rule.recvWindowMs === undefined || known ? 0 : leftAt + 7000;
      if (!order.evidence.some(({ kind }) => kind === 'person')) {
        const from = Math.max(since, linkBackAt, liveAt, fence, known?.foundAt ?? 0);
        resolvedMs.push(Math.max(0, clock.monotonic() - from));
      }
    }
  }

  let world = start([]);

  function crash(): void {
    if (world.isDead) return;
    const { lines } = world.journal;
    world.die();
    count.crashes += 1;
    clock.after(100 + upTo(3000), () => {
      startedAt = clock.monotonic();
      world = start(lines);
    });
  }

  const orders = 1 + upTo(3);
  for (let index = 0; index < orders; index += 1) {
    const id = `h${seed}x${index}`;
    clock.after(upTo(4000), () => {
      if (world.isDead) return;
      placed.push(id);
      // A journal that cannot be written refuses it, and then it must not have left.
      world.executor.place(approved(id), () => chance() > 0.02).catch(() => undefined);
    });
    if (chance() < 0.3) {
      clock.after(upTo(12_000), () => {
        if (world.isDead || !world.journal.orders.has(id)) return;
        const ref = {
          account: CHAOS_ACCOUNT,
          instrument: INSTRUMENT,
          clientOrderId: id,
          isConditional: false,
        };
        void world.executor.cancel(ref, 'window');
      });
    }
  }
  function plan(likely: number, within: number, task: () => void): void {
    if (chance() >= likely) return;
    const at = upTo(within);
    busyUntil = Math.max(busyUntil, at);
    clock.after(at, task);
  }
  plan(0.2, 12_000, crash);
  plan(0.4, 12_000, () => world.account.cut());
  plan(0.25, 10_000, () => {
    venue.isLinkUp = false;
    world.account.cut();
    const lastsMs = upTo(20_000);
    busyUntil = Math.max(busyUntil, clock.monotonic() + lastsMs);
    clock.after(lastsMs, () => {
      venue.isLinkUp = true;
      linkBackAt = clock.monotonic();
    });
  });
  plan(0.1, 5000, () => {
    world.journal.isBroken = true;
    const ill = world.journal;
    clock.after(upTo(4000), () => {
      ill.isBroken = false;
    });
  });

  const isOver = () =>
    !world.isDead &&
    clock.monotonic() > Math.max(busyUntil, venue.busyUntil) + 15_000 &&
    world.account.state.kind === 'live' &&
    [...world.journal.orders.values()].every(({ state }) => state !== 'unknown' && state !== 'submitting');

  while (clock.monotonic() < LONGEST_MS && !isOver()) {
    clock.advance(clock.monotonic() < 16_000 ? 50 : 250);
    await settle();
    if (world.isDead) continue;
    for (const { isPersonAsked, request } of world.journal.orders.values()) {
      if (!isPersonAsked) continue;
      count.asked += 1;
      // They look at the venue's own site.
      world.resolver.settle(request.clientOrderId, venue.truth.has(request.clientOrderId));
    }
  }

  for (const id of placed) {
    const order = world.journal.orders.get(id);
    const known = venue.truth.get(id);
    const posts = venue.posts.get(id) ?? 0;
    const kinds = world.journal.kindsOf(id);
    if (posts > 1) broken.push(`${id} was posted ${posts} times`);
    if (posts > 0 && !kinds.includes('sent')) broken.push(`${id} was posted and is not written down`);
    if (known === undefined) {
      if (order && order.state !== 'unsent' && order.state !== 'rejected') {
        broken.push(`${id} is ${order.state}, and never was there`);
      }
      continue;
    }
    const wanted =
      { FILLED: 'filled', CANCELED: 'cancelled' }[known.order.status as 'FILLED' | 'CANCELED'] ?? 'open';
    const said = order?.state === 'cancelling' ? 'open' : order?.state;
    if (said !== wanted || order?.filledQuantity !== known.order.filledQuantity) {
      broken.push(
        `${id} is ${said} ${order?.filledQuantity}, and there ${wanted} ${known.order.filledQuantity}: lost`,
      );
    }
  }
  world.die();
  return { broken, orders: placed.length, ...count, resolvedMs };
}
