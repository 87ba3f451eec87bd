import type { SimAccount } from '../accounts/account-desk.ts';

/** Ids of a client's own that an account has ever used up, with orders or with requests that were refused. */
export class BurnedIds {
  readonly #used = new Map<string, Set<string>>();

  has(account: SimAccount, id: string): boolean {
    return account.hasUsed(id) || (this.#used.get(account.id)?.has(id) ?? false);
  }

  add(account: SimAccount, id: string): void {
    const used = this.#used.get(account.id) ?? new Set();
    this.#used.set(account.id, used.add(id));
  }
}
