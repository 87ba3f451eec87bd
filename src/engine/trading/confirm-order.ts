import Big from 'big.js';
import type { Clock } from '#shared/base/clock.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import type { OrderRequest } from '#shared/domain/order-draft.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import type { BoundedConfirm, Given } from './bounded-confirm.ts';
import type { OrderSight, Sight } from './order-sight.ts';
import type { TradingAccount } from './trading-account.ts';

const LOOK_EVERY_MS = 100;

export interface ConfirmOrderOptions {
  readonly clock: Clock;
  readonly confirm: BoundedConfirm;
  readonly sight: Pick<OrderSight, 'trust'>;
  readonly venueName: (venue: string) => string;
}

/**
 * Has the person asked outside of any window where the order is worth it (G33); `undefined`: nobody has to be. `isChange`: the
 * request is what a standing order would become. The question is withdrawn (`nobody`) as soon as a yes could not count any
 * more: everything was halted, the venue disarmed, the account is gone.
 */
export type ConfirmOrder = (
  request: OrderRequest,
  seen: Pick<Sight, 'account' | 'instrument' | 'limits'>,
  isChange?: boolean,
) => Promise<Given> | undefined;

export function createConfirmOrder({ clock, confirm, sight, venueName }: ConfirmOrderOptions): ConfirmOrder {
  /** A yes would be answered with no. Links that come and go are no reason: what they leave is judged after the answer. */
  function isPointless(request: OrderRequest, instrument: Instrument): boolean {
    try {
      const trust = sight.trust(request.account, instrument);
      if (trust.kind === 'ok') return false;
      const { reason, measured } = trust;
      if (reason === 'account-down') return measured !== 'waiting' && measured !== 'connecting';
      return reason === 'halted' || reason === 'disarmed';
    } catch {
      return true; // there is no such account, or no such venue, any more
    }
  }

  async function ask(
    order: OrderRequest,
    { account, instrument }: Pick<Sight, 'account' | 'instrument'>,
    isChange: boolean,
  ): Promise<Given> {
    const question = {
      kind: 'order',
      order,
      venueName: venueName(account.venue),
      accountLabel: account.label,
      environment: account.environment,
      ...(isChange && { isChange }),
    } as const;
    const withdraw = new AbortController();
    const stop = clock.every(LOOK_EVERY_MS, () => {
      if (isPointless(order, instrument)) withdraw.abort();
    });
    try {
      return await confirm.ask(question, withdraw.signal);
    } finally {
      stop();
    }
  }

  return (request, seen, isChange = false) =>
    isConfirmedByMain(request, seen.instrument, seen.account, seen.limits)
      ? ask(request, seen, isChange)
      : undefined;
}

/**
 * Paper never leaves this machine: nobody else needs to be asked. An order in a currency the threshold does not name
 * cannot be compared with it, and is always asked about.
 */
export function isConfirmedByMain(
  { notional }: Pick<OrderRequest, 'notional'>,
  { quote }: Pick<Instrument, 'quote'>,
  { environment }: Pick<TradingAccount, 'environment'>,
  { confirmAbove }: TradingLimits,
): boolean {
  if (environment === 'paper') return false;
  if (quote === 'KRW') return Big(notional).gte(confirmAbove.KRW);
  return quote.startsWith('USD') ? Big(notional).gte(confirmAbove.USDT) : true;
}
