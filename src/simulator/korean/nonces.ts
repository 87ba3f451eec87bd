/** So many of each key are remembered; older ones belong to tokens nobody would send again. */
const KEPT = 50_000;

/** Which nonces a key's tokens have had: each is good once. */
export class Nonces {
  readonly #used = new Map<string, Set<string>>();

  /** False when it was used before. */
  take(apiKey: string, nonce: string): boolean {
    let used = this.#used.get(apiKey);
    if (!used) {
      used = new Set();
      this.#used.set(apiKey, used);
    }
    if (used.has(nonce)) return false;
    used.add(nonce);
    if (used.size > KEPT) used.delete(used.values().next().value as string);
    return true;
  }
}
