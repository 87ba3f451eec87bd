import type { Undo } from '#shared/base/emitter.ts';
import type { AccountDesk, SimAccount, SimFill, SimOrder } from '../accounts/account-desk.ts';

/** Finds the fills of an order without going through all of its account's. */
export class FillIndex {
  readonly #byOrder = new Map<string, Map<number, SimFill[]>>();
  readonly stop: Undo;

  constructor(desk: AccountDesk) {
    this.stop = desk.on((event) => {
      // An account nobody has asked about yet is gone through whole when somebody does.
      const known = event.kind === 'fill' ? this.#byOrder.get(event.account.id) : undefined;
      if (known && event.kind === 'fill') add(known, event.fill);
    });
  }

  /** Oldest first. */
  of(account: SimAccount, order: SimOrder): readonly SimFill[] {
    let known = this.#byOrder.get(account.id);
    if (!known) {
      known = new Map();
      this.#byOrder.set(account.id, known);
      for (const fill of account.fills()) add(known, fill);
    }
    return known.get(order.number) ?? [];
  }
}

function add(known: Map<number, SimFill[]>, fill: SimFill): void {
  const fills = known.get(fill.order.number);
  if (!fills) known.set(fill.order.number, [fill]);
  // Whoever asks from inside an event may have had the index made with this very fill.
  else if (fills.at(-1)?.number !== fill.number) fills.push(fill);
}
