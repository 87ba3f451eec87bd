import { HeartlineError } from '#shared/base/errors.ts';
import type { RequestHandlers } from '#shared/contract/api.ts';
import type { orderRequestInputs } from '#shared/contract/order-api.ts';

/** A desk without accounts: nothing can be ordered, and asking says so. */
export function refuseTrading(): Pick<RequestHandlers, keyof typeof orderRequestInputs> {
  const refuse = () => {
    throw new HeartlineError('account.none', 'this desk has no accounts');
  };
  return {
    'orders.intent': refuse,
    'orders.place': refuse,
    'orders.cancel': refuse,
    'orders.amend': refuse,
    'orders.cancelAll': refuse,
    'orders.stopSweep': refuse,
    'positions.close': refuse,
    'positions.reverse': refuse,
    'positions.flatten': refuse,
    'trading.arm': refuse,
    'trading.disarm': refuse,
    'trading.kill': () => ({ sweeps: [] }),
    'trading.resume': refuse,
    'paper.add': refuse,
    'paper.reset': refuse,
    'paper.remove': refuse,
    'orders.settle': refuse,
    'orders.look': refuse,
    'orders.flight': refuse,
    'orders.exportFlight': refuse,
    'orders.verifyAudit': refuse,
    'orders.exportAudit': refuse,
  };
}
