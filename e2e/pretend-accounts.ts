import type { Page } from '@playwright/test';

/** What stands behind a key: an answer to any request about it, or an error. */
export type Answer =
  | { readonly output: unknown }
  | { readonly error: { code: string; message: string; details: object } };

export interface PretendAccounts {
  /** Every request of keys and accounts that the window made, in order. */
  readonly asked: { readonly name: string; readonly input: Record<string, unknown> }[];
  /** Sends an update to the watches of that name, and to those opened later. */
  tell(name: string, update: object): void;
}

const OURS = /^(?:accounts\.|keys\.|orders\.closed$|fills\.read$)/;
const WATCHES = new Set(['accounts', 'balances', 'positions', 'orders', 'fills']);

/**
 * Plays the engine's part in keys and accounts over the host's own link, for states that no simulated venue brings
 * about (a keychain that went away) and for keys of environments that cannot be reached from here. Everything else
 * goes on to the real engine. Takes hold with the next load of the page.
 */
export async function pretendAccounts(
  page: Page,
  answer: (name: string, input: Record<string, unknown>) => Answer,
): Promise<PretendAccounts> {
  const asked: PretendAccounts['asked'] = [];
  const last = new Map<string, object>();
  const open = new Map<number, string>();
  let send: (message: object) => void = () => undefined;
  let seq = 0;
  const tellWatch = (id: number, update: object) => {
    // Below zero: the host's own batches count up from one.
    seq -= 1;
    send({ t: 'batch', seq, updates: [[id, update]] });
  };
  await page.routeWebSocket(/\/contract$/, (window) => {
    const host = window.connectToServer();
    open.clear();
    send = (message) => window.send(JSON.stringify(message));
    window.onMessage((text) => {
      const message = typeof text === 'string' ? JSON.parse(text) : {};
      if (message.t === 'ack' && message.seq < 0) return;
      if (message.t === 'watch' && WATCHES.has(message.name)) {
        open.set(message.id, message.name);
        const held = last.get(message.name);
        if (held) tellWatch(message.id, held);
        return;
      }
      if (message.t === 'unwatch' && open.delete(message.id)) return;
      if (message.t === 'request' && OURS.test(message.name)) {
        asked.push({ name: message.name, input: message.input });
        const said = answer(message.name, message.input);
        const reply =
          'error' in said ? { t: 'refusal', error: said.error } : { t: 'answer', output: said.output };
        send({ ...reply, id: message.id });
        return;
      }
      host.send(text);
    });
  });
  return {
    asked,
    tell(name, update) {
      last.set(name, update);
      for (const [id, watched] of open) if (watched === name) tellWatch(id, update);
    },
  };
}
