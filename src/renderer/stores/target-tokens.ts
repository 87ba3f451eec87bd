import type { ContractClient } from '#shared/contract/client.ts';

/**
 * A permission for each thing that is asked for (`close binance#… BTC-USDT-PERP`). As long as nothing was heard of the
 * first asking, the same thing asked again has the very same one, which the engine takes once.
 */
export interface TargetTokens {
  take(target: string): Promise<string>;
  /** The engine has answered: asked again, it is another thing. */
  settle(target: string): void;
}

export function createTargetTokens(client: ContractClient): TargetTokens {
  const taken = new Map<string, string>();
  return {
    async take(target) {
      const held = taken.get(target);
      if (held !== undefined) return held;
      const { token } = await client.request('orders.intent', {});
      // Two askings that waited for a permission each have the first of them.
      const first = taken.get(target) ?? token;
      taken.set(target, first);
      return first;
    },
    settle(target) {
      taken.delete(target);
    },
  };
}
