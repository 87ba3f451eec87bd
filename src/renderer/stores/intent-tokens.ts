import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import type { ContractClient } from '#shared/contract/client.ts';

/** A token lives ten seconds by the engine's clock; by this window's it is asked for anew before that. */
const RENEW_MS = 7_000;
const USABLE_MS = 9_000;

export interface IntentTokens {
  /** Keeps a token ready, so that a click waits for nothing, until the undo. */
  hold(): Undo;
  /** The one token of one click. Until `settle` every further click gets the very same: the engine takes it once. */
  take(): Promise<string>;
  /** The engine has answered what was asked with it: the next click may have another. */
  settle(): void;
}

export function createIntentTokens(client: ContractClient, clock: Clock): IntentTokens {
  let ready: { readonly token: string; readonly usableUntil: number } | undefined;
  let taken: string | undefined;
  let asking: Promise<string> | undefined;
  let holders = 0;
  let cancelNext: Undo = () => undefined;

  const ask = (): Promise<string> => {
    cancelNext();
    const askedAt = clock.monotonic();
    const answer = client.request('orders.intent', {}).then(({ token }) => {
      ready = { token, usableUntil: askedAt + USABLE_MS };
      return token;
    });
    asking = answer;
    const over = () => {
      asking = undefined;
      plan();
    };
    answer.then(over, over);
    return answer;
  };
  const plan = () => {
    cancelNext();
    if (holders === 0) return;
    cancelNext = clock.after(RENEW_MS, refresh);
  };
  // Whatever goes wrong with asking ahead is said when a click needs it.
  const refresh = () => {
    if (holders > 0 && taken === undefined && asking === undefined) ask().catch(() => undefined);
  };
  client.onStatus((status) => {
    ready = undefined;
    if (status === 'open') refresh();
  });

  return {
    hold() {
      holders += 1;
      refresh();
      return () => {
        holders -= 1;
        if (holders === 0) cancelNext();
      };
    },
    async take() {
      if (taken !== undefined) return taken;
      const held = ready !== undefined && clock.monotonic() < ready.usableUntil ? ready.token : undefined;
      const token = held ?? (await (asking ?? ask()));
      ready = undefined;
      // Two clicks that waited for the same answer share it.
      taken ??= token;
      return taken;
    },
    settle() {
      taken = undefined;
      refresh();
    },
  };
}
