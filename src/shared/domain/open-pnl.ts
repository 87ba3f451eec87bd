import { sumDecimals } from '../base/decimal-sum.ts';
import type { AccountId, AccountState, Environment, Position } from './account.ts';
import { figureState } from './figure-state.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import { instrumentName } from './instrument.ts';

/** An account as far as it matters here; the contract's `AccountView` is one. */
export interface SummarisedAccount {
  readonly id: AccountId;
  readonly environment: Environment | 'paper';
  readonly state: AccountState;
  readonly since: number;
}

/** Open profit of one currency. A number stands here only while it may be believed. */
export type OpenPnl = {
  /** What the positions are quoted in: `USDT`. */
  readonly currency: string;
  /** Paper money is never added to money. */
  readonly isPaper: boolean;
} & (
  | {
      readonly kind: 'known';
      /** Decimal text: the exact sum. */
      readonly value: string;
      readonly freshness: Extract<Freshness, 'fresh' | 'late'>;
      /** One of the figures was calculated from a newer price than the venue's own. */
      readonly isEstimated: boolean;
    }
  /** `ageMs`: of the oldest figure in it. */
  | { readonly kind: 'stale'; readonly ageMs: number }
  | { readonly kind: 'unknown' }
);

const ORDER: readonly Freshness[] = ['fresh', 'late', 'stale', 'unknown'];

/**
 * The open profit per currency, money before paper money, each as fresh as the least fresh of its positions. An account
 * whose positions were never read makes the money's profit unknown, not smaller.
 */
export function openPnl({
  now,
  engineSilentMs,
  accounts,
  positions,
}: {
  readonly now: number;
  readonly engineSilentMs: number;
  readonly accounts: readonly SummarisedAccount[];
  readonly positions: Iterable<Position>;
}): readonly OpenPnl[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const groups = new Map<string, { isPaper: boolean; currency: string; positions: Position[] }>();
  const read = new Set<string>();
  for (const position of positions) {
    const account = byId.get(position.account);
    // Of an account that rests (another environment) nothing is at stake on this desk.
    if (account?.state.kind === 'resting') continue;
    read.add(position.account);
    const isPaper = account?.environment === 'paper';
    const currency = instrumentName(position.instrument).split('-')[1] ?? '?';
    const key = `${isPaper ? 1 : 0} ${currency}`;
    const group = groups.get(key) ?? { isPaper, currency, positions: [] };
    group.positions.push(position);
    groups.set(key, group);
  }
  const isUnread = accounts.some((account) => mayHoldMore(account) && !read.has(account.id));
  const told = [...groups.entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]): OpenPnl => {
      const { isPaper, currency } = group;
      if (isUnread && !isPaper) return { currency, isPaper, kind: 'unknown' };
      const judged = group.positions.map((position) => ({
        position,
        freshness: freshnessOf({
          receivedAt: position.receivedAt,
          now,
          engineSilentMs,
          stream: stateOf(byId.get(position.account), position),
        }),
      }));
      const worst = judged.reduce<Freshness>(
        (least, { freshness }) => (ORDER.indexOf(freshness) > ORDER.indexOf(least) ? freshness : least),
        'fresh',
      );
      const value = sumDecimals(group.positions.map(({ unrealisedPnl }) => unrealisedPnl));
      if (worst === 'unknown' || value === undefined) return { currency, isPaper, kind: 'unknown' };
      if (worst === 'stale') {
        const oldest = Math.min(...group.positions.map(({ receivedAt }) => receivedAt));
        return { currency, isPaper, kind: 'stale', ageMs: Math.max(0, now - oldest) };
      }
      const isEstimated = group.positions.some((position) => position.isEstimated);
      return { currency, isPaper, kind: 'known', value, freshness: worst, isEstimated };
    });
  // There may be positions, and nothing is known of any.
  if (isUnread && !told.some(({ isPaper }) => !isPaper))
    return [{ currency: '', isPaper: false, kind: 'unknown' }, ...told];
  return told;
}

function stateOf(account: SummarisedAccount | undefined, { receivedAt }: Position) {
  return account === undefined ? 'stale' : figureState(account, receivedAt);
}

/** Its positions have not been read: what it holds, nobody here knows. */
function mayHoldMore({ environment, state }: SummarisedAccount): boolean {
  return (
    environment !== 'paper' && state.kind !== 'live' && state.kind !== 'degraded' && state.kind !== 'resting'
  );
}
