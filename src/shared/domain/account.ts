import type { Brand } from '../base/brand.ts';
import { HeartlineError } from '../base/errors.ts';
import type { Cause } from './connection.ts';
import type { InstrumentId, VenueId } from './instrument.ts';

/** One key at one venue: `bybit#k3f9a2`. Made when the key is added, and kept when it is rotated. */
export type AccountId = Brand<string, 'AccountId'>;

/** Throws `account.unknown`. */
export function accountId(text: string): AccountId {
  if (!/^[a-z][a-z0-9-]*#[a-z0-9]{6}$/.test(text)) {
    throw new HeartlineError('account.unknown', `not an account id: ${text}`, { details: { account: text } });
  }
  return text as AccountId;
}

export function accountVenue(account: AccountId): VenueId {
  return account.slice(0, account.indexOf('#')) as VenueId;
}

/** Where a key is good. Fixed when the key is added: a key of one environment is refused by every other. */
export const ENVIRONMENTS = ['mainnet', 'demo', 'testnet', 'simulator'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What is known of one right. `unknown`: the venue does not tell, and could not be asked without harm. */
export type Right = 'yes' | 'no' | 'unknown';

/** What a key may do, as the venue told it. */
export interface KeyRights {
  readonly read: Right;
  readonly trade: Right;
  readonly withdraw: Right;
  /** Moving money to another account or pocket. */
  readonly transfer: Right;
  /** Whether the key works from named addresses only. */
  readonly ipBound: Right;
  /** ms epoch; absent: never, or the venue does not tell. */
  readonly expiresAt?: number;
  /** When it was asked, ms epoch. */
  readonly checkedAt: number;
}

/**
 * What Heartline makes of a key's rights. `refused`: nothing of it is kept. `read-only`: kept, and nothing is ever
 * ordered with it.
 */
export type KeyVerdict =
  | { readonly kind: 'refused'; readonly reason: KeyRefusal; readonly rights?: KeyRights }
  | { readonly kind: 'read-only'; readonly reason: 'no-trade' | 'rights-unknown'; readonly rights: KeyRights }
  | { readonly kind: 'trade'; readonly rights: KeyRights };

/** Why a key is refused, or stopped working: names the words for the person. */
export type KeyRefusal =
  /** It may take money away. */
  | 'withdraw'
  | 'transfer'
  | 'no-read'
  /** Unknown key, wrong secret, or a key of another environment: venues do not tell these apart reliably. */
  | 'wrong-key'
  | 'wrong-secret'
  | 'wrong-environment'
  | 'expired'
  /** Not from this address. */
  | 'address'
  | 'clock'
  | 'unreachable'
  | 'venue';

/** What an account is doing. Figures are believed in `live` alone; in the others they keep their age. */
export type AccountState =
  /** Its environment is not the desk's: kept, not connected. */
  | { readonly kind: 'resting' }
  /** The keychain or the vault is locked: there is no key to sign with. */
  | { readonly kind: 'locked' }
  | { readonly kind: 'connecting' }
  /** Reading everything over REST. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'live' }
  /** REST answers and the private stream does not (or the other way round): figures are read every few seconds. */
  | { readonly kind: 'degraded'; readonly cause: Cause }
  | { readonly kind: 'waiting'; readonly retryAt: number; readonly attempt: number; readonly cause: Cause }
  /** A person is needed: the venue refuses the key. */
  | { readonly kind: 'refused'; readonly reason: KeyRefusal; readonly detail: string };

/** Where a figure came from. `estimate`: calculated here from the venue's figures and a newer price. */
export const FIGURE_SOURCES = ['stream', 'rest', 'estimate'] as const;
export type FigureSource = (typeof FIGURE_SOURCES)[number];

/** Every figure of an account says where it came from and when. */
export interface Dated {
  readonly source: FigureSource;
  /** Engine wall time, ms epoch. */
  readonly receivedAt: number;
}

/** Decimal texts, exact as the venue wrote them or as they add up. `total` = `free` + `used`. */
export interface Balance extends Dated {
  readonly account: AccountId;
  readonly currency: string;
  readonly total: string;
  readonly free: string;
  /** Held by open orders and as margin. */
  readonly used: string;
}

export interface Position extends Dated {
  readonly account: AccountId;
  readonly instrument: InstrumentId;
  /** Which side of a hedged account it is; `both` where there is one position an instrument. */
  readonly leg: 'both' | 'long' | 'short';
  /** Signed, in base: negative is short. Never zero: a closed position is gone. Decimal text, as all that follow. */
  readonly quantity: string;
  readonly entryPrice: string;
  readonly markPrice?: string;
  /** Mark price times quantity, unsigned, in quote. */
  readonly notional?: string;
  readonly unrealisedPnl: string;
  /** Of the margin, in percent: `'12.5'`. */
  readonly returnPercent?: string;
  readonly leverage?: string;
  readonly marginMode?: 'cross' | 'isolated';
  readonly liquidationPrice?: string;
  /** From the mark price to the liquidation price, in percent of the mark price. */
  readonly liquidationDistancePercent?: string;
  /** Mark price, profit, return and distance were calculated here from a newer mark price than the venue's own figures. */
  readonly isEstimated: boolean;
}

/** One settled fact about an account's health, for the log and for whoever waits for it. */
export type AccountNotice =
  | { readonly kind: 'connected'; readonly account: AccountId; readonly rights: KeyRights }
  | { readonly kind: 'lost'; readonly account: AccountId; readonly cause: Cause }
  | { readonly kind: 'restored'; readonly account: AccountId; readonly rights: KeyRights };
