import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Evidence, OwnOrder } from '#shared/domain/own-order.ts';
import type { AbsenceRule } from '#venues/order.ts';
import { keepMiss, type Leaving, type Miss, nextProofAt, provenBy } from './absence-proof.ts';
import { eachAccount } from './each-account.ts';
import { createEvidencePace, type EvidencePace } from './evidence-pace.ts';
import type { Journal } from './journal-port.ts';
import { ownRef } from './known-order.ts';
import type { LateLines } from './late-lines.ts';
import { createLeavings } from './leavings.ts';
import { PERSON_SAW_IT } from './own-order-state.ts';
import type { OwnSightings } from './own-sightings.ts';
import type { TradingAccount, TradingAccounts } from './trading-account.ts';

export interface ResolverOptions {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append' | 'orders' | 'onOrder'>;
  readonly lines: LateLines;
  readonly accounts: TradingAccounts;
  readonly sightings: OwnSightings;
  /** Instead of the venue's own. */
  readonly quarantineMs?: number;
}

/**
 * Looks after the orders whose fate is not known, those of earlier runs included. Any sighting adopts one; none is given up
 * without proof.
 */
export interface Resolver {
  /** Looks for it again, now. Throws `order.unknown`, `order.settled`. */
  look(clientOrderId: string): void;
  /**
   * What a person found out where nothing can be proven. Throws `order.unknown`, `order.settled` (not in question, or not yet),
   * `journal.unwritable`.
   */
  settle(clientOrderId: string, isPlaced: boolean): void;
  /** The machine slept, or its link came back: all of them at once. */
  wake(): void;
  /** Wall ms; `undefined`: it is not looked for. */
  nextLookAt(clientOrderId: string): number | undefined;
  dispose(): void;
}

/** After it was lost, then every 8 to 15 s. */
const LOOKS_MS = [500, 1000, 2000, 4000, 8000];
const SELDOM_MS = 8000;
const SELDOM_SPREAD_MS = 7000;
/** A stream that said nothing for longer is not taken at its silence. */
const HEARD_MS = 60_000;
const SCAN_MS = 5000;
/**
 * A venue may have forgotten by then what ended unfilled (Bybit: 24 hours, section 5.2 of its fact sheet; Binance: three days), and
 * looks for the rest a week back: that it knows no such order says nothing any more.
 */
const REMEMBERED_MS = 20 * 3_600_000;

interface Watch {
  readonly id: string;
  readonly since: number;
  readonly left: Leaving;
  readonly misses: Miss[];
  readonly pace: EvidencePace;
  isStreamDoubted: boolean;
  isLooking: boolean;
  /** Asked for while one was on its way. */
  isLookOwed: boolean;
  cancel: Undo;
  nextAt: number | undefined;
}

export function createResolver(options: ResolverOptions): Resolver {
  const { clock, journal, lines, accounts, sightings } = options;
  const watches = new Map<string, Watch>();
  const leavings = createLeavings(clock, accountOf);
  let isDisposed = false;

  function ruleOf(account: TradingAccount): AbsenceRule {
    const { quarantineMs = account.absence.quarantineMs } = options;
    return { ...account.absence, quarantineMs };
  }

  function accountOf({ account }: OwnOrder): TradingAccount | undefined {
    return accounts.all.find(({ id }) => id === account);
  }

  function hear(order: OwnOrder): void {
    const { clientOrderId: id } = order.request;
    if (order.state === 'submitting') leavings.waits(order);
    else if (isOpenQuestion(order)) {
      const left = leavings.take(order);
      if (!watches.has(id)) watch(order, left);
    } else {
      leavings.forget(order);
      watches.get(id)?.cancel();
      watches.delete(id);
    }
  }

  function watch(order: OwnOrder, left: Leaving): void {
    const { clientOrderId: id } = order.request;
    const kept: Watch = {
      id,
      since: clock.monotonic(),
      left,
      misses: [],
      pace: createEvidencePace(order.evidence.length),
      isStreamDoubted: false,
      isLooking: false,
      isLookOwed: false,
      cancel: () => undefined,
      nextAt: undefined,
    };
    watches.set(id, kept);
    schedule(kept);
  }

  function schedule(kept: Watch): void {
    kept.cancel();
    if (isDisposed || watches.get(kept.id) !== kept) return;
    const now = clock.monotonic();
    const order = journal.orders.get(kept.id);
    const account = order && accountOf(order);
    const onLadder = LOOKS_MS.find((ms) => kept.since + ms > now);
    const regular =
      onLadder === undefined ? now + SELDOM_MS + SELDOM_SPREAD_MS * clock.random() : kept.since + onLadder;
    const proofAt = account && nextProofAt(ruleOf(account), kept.left, kept.misses);
    const at = proofAt !== undefined && proofAt > now ? Math.min(regular, proofAt) : regular;
    kept.nextAt = Math.round(clock.now() + (at - now));
    kept.cancel = clock.after(at - now, () => lookNow(kept));
  }

  function lookNow(kept: Watch): void {
    kept.cancel();
    if (kept.isLooking) {
      kept.isLookOwed = true;
      return;
    }
    kept.isLooking = true;
    lookOnce(kept).then(
      () => looked(kept),
      // Nothing of it throws on purpose; a fault must not end the search.
      (fault: unknown) => {
        note(kept, 'no-answer', messageOf(fault));
        looked(kept);
      },
    );
  }

  function looked(kept: Watch): void {
    kept.isLooking = false;
    if (kept.isLookOwed && watches.get(kept.id) === kept && !isDisposed) {
      kept.isLookOwed = false;
      lookNow(kept);
    } else schedule(kept);
  }

  async function lookOnce(kept: Watch): Promise<void> {
    const order = journal.orders.get(kept.id);
    const account = order && accountOf(order);
    if (order === undefined || account === undefined) {
      note(kept, 'no-answer', 'its account is not here');
      return;
    }
    const miss = await find(kept, account, order);
    if (miss === undefined || !isStill(kept)) return;
    keepMiss(kept.misses, miss);
    const rule = ruleOf(account);
    // The venue has said that it exists: whatever does not find it lags behind. Where an id is used up by an order that was refused
    // as well, that it was used says nothing of the kind.
    const saying = rule.burnsIds ? ['found'] : ['found', 'duplicate-id'];
    if (order.evidence.some(({ kind }) => saying.includes(kind))) return;
    const proven = provenBy(rule, kept.left, kept.misses);
    const isForgotten = clock.now() - order.placedAt > REMEMBERED_MS;
    switch (proven === 'fenced' && isForgotten ? 'asked' : proven) {
      case 'nothing':
        return;
      case 'asked':
        if (journal.orders.get(kept.id)?.isPersonAsked === false)
          lines.add({ kind: 'asked', order: kept.id });
        return;
      case 'fenced':
        if (isStreamProof(kept, account) || (await isReconciled(kept, account, order))) {
          lines.add({ kind: 'absent', order: kept.id, by: 'proof' });
        }
    }
  }

  /** Looks once; `undefined`: it was found, or there was no answer. */
  async function find(kept: Watch, account: TradingAccount, order: OwnOrder): Promise<Miss | undefined> {
    const askedAt = clock.monotonic();
    try {
      const { venueTime, ...found } = await account.find(ownRef(order));
      if (isDisposed) return undefined;
      if (found.order === undefined && found.isThere) {
        note(kept, 'found', 'it is still being registered', venueTime);
        return undefined;
      }
      if (found.order === undefined) {
        note(kept, 'not-found', '', venueTime);
        return { askedAt, venueTime };
      }
      note(kept, 'found', `${found.order.venueOrderId} ${found.order.venueStatus}`, venueTime);
      const { clientOrderId } = order.request;
      sightings.report(account.id, { clientOrderId, ...found.order }, 'rest', found.fills);
    } catch (fault) {
      note(kept, 'no-answer', messageOf(fault));
    }
    return undefined;
  }

  /** Nothing was missed since before it left: the stream would have told. */
  function isStreamProof({ left }: Watch, account: TradingAccount): boolean {
    const { streamHeardAt, streamEpoch, state } = account;
    if (left.streamEpoch === undefined || state.kind !== 'live' || streamEpoch !== left.streamEpoch)
      return false;
    return streamHeardAt !== undefined && clock.now() - streamHeardAt <= HEARD_MS;
  }

  /** What the stream may have missed, everything the venue lists has to lack as well, and it once more after that. */
  async function isReconciled(kept: Watch, account: TradingAccount, order: OwnOrder): Promise<boolean> {
    if (!kept.isStreamDoubted)
      note(kept, 'stream-down', 'its silence proves nothing: everything is compared');
    kept.isStreamDoubted = true;
    try {
      await account.reconcile();
    } catch (fault) {
      note(kept, 'no-answer', messageOf(fault));
      return false;
    }
    if (!isStill(kept)) return false;
    const miss = await find(kept, account, order);
    return miss !== undefined && isStill(kept);
  }

  const isStill = (kept: Watch) =>
    !isDisposed && watches.get(kept.id) === kept && journal.orders.get(kept.id)?.state === 'unknown';

  function note(kept: Watch, kind: Evidence['kind'], detail: string, venueTime?: number): void {
    if (isDisposed || !kept.pace.isDue(kind, clock.monotonic())) return;
    const evidence = { at: clock.now(), kind, detail, ...(venueTime !== undefined && { venueTime }) };
    lines.add({ kind: 'evidence', order: kept.id, evidence });
  }

  function watchOf(clientOrderId: string): Watch {
    const kept = watches.get(clientOrderId);
    if (kept) return kept;
    const isOurs = journal.orders.has(clientOrderId);
    throw new HeartlineError(
      isOurs ? 'order.settled' : 'order.unknown',
      isOurs ? 'nothing about this order is in question' : 'no such order was placed from here',
      { details: { order: clientOrderId } },
    );
  }

  /** A journal that could not be read at first has more orders later. */
  function scan(): void {
    for (const order of [...journal.orders.values()]) {
      if (isOpenQuestion(order) && !watches.has(order.request.clientOrderId)) hear(order);
    }
  }

  const undo: Undo[] = [journal.onOrder(hear), clock.every(SCAN_MS, scan)];
  scan();
  undo.push(
    eachAccount(accounts, (account) =>
      account.onState(({ kind }) => {
        if (kind !== 'live') return;
        for (const kept of [...watches.values()]) {
          if (journal.orders.get(kept.id)?.account === account.id) lookNow(kept);
        }
      }),
    ),
  );

  return {
    look: (clientOrderId) => lookNow(watchOf(clientOrderId)),
    settle(clientOrderId, isPlaced) {
      const { id } = watchOf(clientOrderId);
      if (journal.orders.get(id)?.isPersonAsked !== true) {
        throw new HeartlineError('order.settled', 'it is still being found out, nobody has to decide', {
          details: { order: id },
        });
      }
      if (isPlaced) {
        const evidence = { at: clock.now(), kind: 'person', detail: PERSON_SAW_IT } as const;
        journal.append({ kind: 'evidence', order: id, evidence });
      } else journal.append({ kind: 'absent', order: id, by: 'person' });
    },
    wake() {
      for (const kept of [...watches.values()]) lookNow(kept);
    },
    nextLookAt: (clientOrderId) => watches.get(clientOrderId)?.nextAt,
    dispose() {
      isDisposed = true;
      for (const leave of undo) leave();
      for (const kept of watches.values()) kept.cancel();
      watches.clear();
    },
  };
}

/** Also where a person has seen it: until the venue has told of it, its figures are not known. */
function isOpenQuestion({ state, status, evidence }: OwnOrder): boolean {
  if (state === 'unknown') return true;
  const isSeen = evidence.some(({ kind, detail }) => kind === 'person' && detail === PERSON_SAW_IT);
  return (state === 'open' || state === 'cancelling') && isSeen && status === undefined;
}
