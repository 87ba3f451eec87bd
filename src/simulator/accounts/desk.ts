import Big from 'big.js';
import { createEmitter } from '#shared/base/emitter.ts';
import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import { Account } from './account.ts';
import type {
  AccountDesk,
  DeskEvent,
  DeskListener,
  Listing,
  Refused,
  SimAccount,
  SimDraft,
  SimKey,
  SimOrder,
} from './account-desk.ts';
import { Dealing, type DealingHost } from './dealing.ts';
import type { DeskRules } from './desk-rules.ts';
import { refuse } from './order-check.ts';
import type { SimRequest } from './sim-request.ts';

const KEPT_REQUESTS = 20_000;
const NOTHING_TAKEN = refuse('invalid', 'Nothing is taken at the moment.');

export interface DeskOptions {
  readonly venue: string;
  readonly markets: ReadonlyMap<string, Market>;
  readonly rules: DeskRules;
  readonly keys: readonly SimKey[];
  /** Market time, ms. */
  now(): number;
  /** Called with an account when one of its keys is used for the first time. */
  furnish(desk: Desk, account: Account): void;
}

/** The accounts of one venue, trading in its very markets. */
export class Desk implements AccountDesk, DealingHost {
  readonly venue: string;
  readonly rules: DeskRules;
  readonly keys: readonly SimKey[];
  readonly options: DeskOptions;
  readonly revoked = new Set<string>();
  requests: SimRequest[] = [];
  /** Older ones, which are not kept. */
  requestsBefore = 0;
  /** What accounts owed after their positions were closed. */
  insurancePaid = new Big(0);
  readonly dealing = new Dealing(this);
  readonly #accounts = new Map<string, Account>();
  #isFurnishing = false;
  #nextFunding = 1;
  #mode: 'rejected' | 'refused' | undefined;
  readonly #events = createEmitter<DeskEvent>();

  constructor(options: DeskOptions) {
    this.options = options;
    this.venue = options.venue;
    this.rules = options.rules;
    this.keys = options.keys;
  }

  get accounts(): Iterable<Account> {
    return this.#accounts.values();
  }

  keyOf(apiKey: string): SimKey | undefined {
    return this.revoked.has(apiKey) ? undefined : this.keys.find((key) => key.apiKey === apiKey);
  }

  accountOf(key: SimKey): Account {
    let account = this.#accounts.get(key.account);
    if (!account) {
      account = new Account(key.account, this);
      this.#accounts.set(key.account, account);
      this.#isFurnishing = true;
      try {
        this.options.furnish(this, account);
      } finally {
        this.#isFurnishing = false;
      }
    }
    return account;
  }

  instrumentOf({ category, symbol }: Listing): InstrumentMarket | undefined {
    return this.options.markets.get(category)?.instruments.get(symbol);
  }

  place(account: SimAccount, draft: SimDraft): SimOrder | Refused {
    if (this.#mode === 'refused') return NOTHING_TAKEN;
    return this.dealing.place(account, draft, this.#mode === 'rejected' ? 'doomed' : 'usual');
  }

  under<Result>(mode: 'rejected' | 'refused', run: () => Result): Result {
    this.#mode = mode;
    try {
      return run();
    } finally {
      this.#mode = undefined;
    }
  }

  amend(
    account: SimAccount,
    order: SimOrder,
    change: Parameters<AccountDesk['amend']>[2],
  ): SimOrder | Refused {
    if (this.#mode === 'refused') return NOTHING_TAKEN;
    return this.dealing.amend(account, order, change);
  }

  cancel(account: SimAccount, order: SimOrder): SimOrder | Refused {
    if (this.#mode === 'refused') return NOTHING_TAKEN;
    return this.dealing.cancel(account, order);
  }

  on(listener: DeskListener) {
    return this.#events.on(listener);
  }

  emit(event: DeskEvent): void {
    // How an account came to be what it is at first sight is told to nobody.
    if (!this.#isFurnishing) this.#events.emit(event);
  }

  note(request: SimRequest): void {
    this.requests.push(request);
    if (this.requests.length < KEPT_REQUESTS * 2) return;
    this.requestsBefore += this.requests.length - KEPT_REQUESTS;
    this.requests = this.requests.slice(-KEPT_REQUESTS);
  }

  setLeverage(of: SimAccount, at: Listing, leverage: number): Refused | undefined {
    const account = this.own(of);
    const rules = this.rules.categories[at.category];
    const instrument = this.instrumentOf(at);
    if (!rules || !instrument) return refuse('unknown-symbol', `There is no ${at.symbol}.`);
    const { maxLeverage = 1 } = rules;
    if (rules.kind === 'spot' || !Number.isInteger(leverage) || leverage < 1 || leverage > maxLeverage) {
      return refuse('invalid', `Leverage is a whole number from 1 to ${maxLeverage}.`);
    }
    const before = account.leverageOf(at);
    account.setLeverage(at, leverage);
    if (leverage < before && account.availableOf(this.rules.cash).lt(0)) {
      account.setLeverage(at, before);
      return refuse('insufficient', 'That much margin is not there.');
    }
    const time = instrument.actingTime;
    if (leverage !== before) this.emit({ kind: 'leverage', account, at, leverage, time });
    return undefined;
  }

  nextFundingNumber(): number {
    return this.#nextFunding++;
  }

  own(account: SimAccount): Account {
    const own = this.#accounts.get(account.id);
    if (own !== account) throw new Error(`The account ${account.id} is of another desk.`);
    return own;
  }
}
