import { HeartlineError } from '#shared/base/errors.ts';
import type { AccountState } from '#shared/domain/account.ts';
import type { Cause } from '#shared/domain/connection.ts';
import { accountFault } from './account-fault.ts';
import { type AccountEvent, orderName } from './account-holdings.ts';
import { createAccountReads } from './account-reads.ts';
import type { AccountSession, AccountSessionOptions } from './account-session-options.ts';
import { accountState } from './account-state.ts';
import { createKnownPast, type Instant } from './known-past.ts';
import { type AccountNews, createPrivateLink } from './private-link.ts';
import { createReconciler } from './reconciler.ts';
import { createRereads } from './rereads.ts';
import { isSameState, sessionState } from './session-state.ts';
import { createStreamProbe, TOLD_WITHIN_MS } from './stream-probe.ts';

const RECONCILE_MS = 60_000;
const POLL_MS = 5000;
/** The stream gets so long to stand before REST is asked instead. */
const FIRST_POLL_MS = 3000;
const REFUSED_AGAIN_MS = 60_000;
const CLOCK_AGAIN_MS = 5000;
/** Of a login that was refused where REST answers. */
const LOGIN_AGAIN_MS = 30_000;
const HISTORY_MS = 86_400_000;
/** While figures are polled, the past is asked for this often. */
const PAST_MS = 30_000;
/** While they are streamed and nothing differs: what happened was streamed as well. */
const PAST_LIVE_MS = 600_000;

export function createAccountSession(options: AccountSessionOptions): AccountSession {
  const { clock, venue, client } = options;
  let holdings = options.holdings;
  let state: AccountState = { kind: 'connecting' };
  let refusal: Extract<AccountState, { kind: 'refused' }> | undefined;
  let linkCause: Cause | undefined;
  let restCause: Cause | undefined;
  let restAttempt = 0;
  /** Since the link stands this time everything was compared once. */
  let isCompared = false;
  let isLoaded = holdings.serial > 0 || holdings.balances.size > 0;
  let hasHistory = false;
  /** It could not be read beside the live figures: they wait for it. */
  let isHistoryOwed = false;
  let reconciledAt: number | undefined;
  /** Up to here no fill and no order's end is missing. */
  const past = createKnownPast(clock, HISTORY_MS);
  let running: Promise<void> | undefined;
  /** What was streamed before the socket that stands now. */
  let readySerial = 0;
  /** The past is to be read in any case: a person wants it, or a frame was lost that may have told of it. */
  let isAsked = false;
  let isDisposed = false;
  const startedAt = clock.monotonic();
  let nextReadAt = startedAt + FIRST_POLL_MS;
  let loginAt = Number.POSITIVE_INFINITY;

  const reads = createAccountReads(venue, client);
  const reconciler = createReconciler({
    clock,
    reads,
    offsetMs: () => options.clockOffsetMs() ?? 0,
    holdings: () => holdings,
    streamedSince: () => (link.isReady ? readySerial : Number.POSITIVE_INFINITY),
    apply,
  });
  const rereads = createRereads({
    clock,
    isNeeded: () => !isDisposed && isCompared && holdings.doubts.size > 0,
    async read() {
      const differences = await reconciler.reread([...holdings.doubts.keys()]);
      if (!differences.some((name) => name.startsWith('balance '))) return;
      // Something happened that the stream has not told: maybe a fill.
      isAsked = true;
      nextReadAt = Math.min(nextReadAt, clock.monotonic() + Math.max(TOLD_WITHIN_MS, PAST_MS - past.agoMs));
    },
    onFault: note,
  });
  const link = createPrivateLink({
    ...options,
    onNews,
    onReady() {
      linkCause = undefined;
      loginAt = Number.POSITIVE_INFINITY;
      isCompared = false;
      readySerial = holdings.serial;
      judge();
      void compare();
    },
    onDown(cause) {
      linkCause = cause;
      isCompared = false;
      probe.end();
      if (cause.code === 'auth') {
        // REST knows better what is wrong with the key.
        loginAt = clock.monotonic() + jittered(LOGIN_AGAIN_MS);
        void compare();
      }
      nextReadAt = Math.min(nextReadAt, clock.monotonic() + POLL_MS);
      judge();
    },
  });

  const probe = createStreamProbe({
    clock,
    look: () => reconciler.look(),
    holdings: () => holdings,
    onFault: note,
    onMute(differences, cause) {
      options.onMute(differences);
      link.renew(cause);
      void compare();
    },
  });

  const jittered = (ms: number) => ms * (0.8 + 0.4 * clock.random());

  function apply(event: AccountEvent): void {
    if (isDisposed) return;
    const before = holdings;
    holdings = accountState(before, event);
    if (holdings !== before) options.onHoldings(holdings, before);
  }

  function onNews(news: AccountNews, receivedAt: number): void {
    if (isDisposed) return;
    if (news.kind === 'failed') {
      options.onUnreadable(news.reason, news.isAlarming === true);
      isAsked = true;
      // What could not be read may have been anything.
      if (news.isAlarming) apply({ kind: 'reread', what: 'orders' });
    } else if (news.kind === 'reread') apply({ kind: 'reread', what: news.what });
    else if (news.kind === 'setting') apply(news);
    else {
      const orderNow = () => news.kind === 'order' && holdings.orders.get(orderName(news.order))?.order;
      const before = orderNow();
      apply({ ...news, source: 'stream', receivedAt });
      // What is held as margin for orders, streams of derivatives do not tell.
      if (venue.settleCurrency !== undefined && orderNow() !== before)
        apply({ kind: 'reread', what: 'balances' });
    }
    rereads.go();
  }

  /** Compares everything with the venue; one at a time. */
  function compare(): Promise<void> {
    if (isDisposed) return Promise.resolve();
    running ??= compareOnce().finally(() => {
      running = undefined;
      // The link came up while something was read: what was read may have begun before that.
      if (link.isReady && !isCompared && !restCause && !refusal && !isDisposed) void compare();
    });
    // Its failure is in the state; whoever waits for it hears of it by `reconcile`.
    running.catch(() => undefined);
    return running;
  }

  async function compareOnce(): Promise<void> {
    const epoch = link.counts.epoch;
    const wasReady = link.isReady;
    const wasCompared = isCompared;
    const begun = past.now();
    nextReadAt = Number.POSITIVE_INFINITY;
    try {
      const isBelieved = wasReady && wasCompared;
      const differences = await reconciler.reconcile(isBelieved);
      await readPast(begun, isBelieved && differences.length === 0 ? PAST_LIVE_MS : wasReady ? 0 : PAST_MS);
      if (isDisposed) return;
      reconciledAt = clock.now();
      isLoaded = true;
      restCause = undefined;
      restAttempt = 0;
      if (refusal) {
        refusal = undefined;
        link.start();
      }
      if (isBelieved && differences.length > 0) options.onMended(differences);
      if (wasReady && link.isReady && link.counts.epoch === epoch) {
        isCompared = true;
        probe.begin();
      }
      if (!hasHistory) void history(begun);
    } catch (fault) {
      note(fault);
      throw fault;
    } finally {
      const waitMs =
        restCause || refusal ? retryMs() : link.isReady && isCompared ? jittered(RECONCILE_MS) : POLL_MS;
      nextReadAt = clock.monotonic() + waitMs;
      judge();
      rereads.go();
    }
  }

  /** What happened since it was last known whole. The first time that is a day: live figures do not wait for all of it. */
  async function readPast(begun: Instant, everyMs: number): Promise<void> {
    if (!hasHistory && !isHistoryOwed) return reconciler.fills(past.missing());
    if (hasHistory && !isAsked && past.agoMs < everyMs) return;
    await reconciler.past(past.missing());
    hasHistory = true;
    isAsked = false;
    past.until(begun);
  }

  /** The rest of what `readPast` began with. */
  async function history(begun: Instant): Promise<void> {
    hasHistory = true;
    try {
      await reconciler.past(past.missing(), false);
      past.until(begun);
    } catch (fault) {
      hasHistory = false;
      isHistoryOwed = true;
      note(fault);
    }
  }

  function retryMs(): number {
    if (refusal) return refusal.reason === 'clock' ? CLOCK_AGAIN_MS : jittered(REFUSED_AGAIN_MS);
    return Math.min(POLL_MS * 2 ** Math.max(0, restAttempt - 1), 30_000);
  }

  /** What a failed read says of the account. */
  function note(fault: unknown): void {
    const sorted = accountFault(fault);
    if (isDisposed || sorted.kind === 'ours') return;
    if (sorted.kind === 'passing') {
      restCause = sorted.cause;
      restAttempt += 1;
    } else {
      if (sorted.reason === 'clock') options.measureClock();
      refusal = { kind: 'refused', reason: sorted.reason, detail: sorted.detail };
      isCompared = false;
      probe.end();
      link.stop();
    }
    nextReadAt = Math.min(nextReadAt, clock.monotonic() + retryMs());
    judge();
  }

  function stateNow(): AccountState {
    const retryAt = Math.round(clock.now() + Math.max(0, nextReadAt - clock.monotonic()));
    return sessionState({ refusal, restCause, restAttempt, retryAt, linkCause, link, isCompared, isLoaded });
  }

  function judge(): void {
    if (isDisposed) return;
    const next = stateNow();
    if (isSameState(next, state)) return;
    state = next;
    options.onState(next);
  }

  link.start();

  return {
    get holdings() {
      return holdings;
    },
    link,
    reads,
    client,
    get reconciledAt() {
      return reconciledAt;
    },
    async reconcile() {
      // One that runs already may have begun before whatever the person did.
      await running?.catch(() => undefined);
      if (isDisposed) throw new HeartlineError('rest.stopped', 'the account was closed');
      isAsked = true;
      await compare();
    },
    wake(cause) {
      if (refusal) nextReadAt = 0;
      else if (cause === 'link') link.hurry();
      else link.renew({ code: 'resume', detail: 'the machine slept' });
    },
    second() {
      if (isDisposed) return;
      const now = clock.monotonic();
      if (now >= loginAt && !refusal) {
        loginAt = Number.POSITIVE_INFINITY;
        link.hurry();
      }
      if (now >= nextReadAt) void compare();
      else if (running === undefined) probe.second();
      judge();
    },
    dispose() {
      isDisposed = true;
      link.stop();
      client.dispose();
    },
  };
}
