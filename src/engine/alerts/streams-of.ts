import { assertNever } from '#shared/base/assert-never.ts';
import type { AlertRule } from '#shared/domain/alert.ts';
import { type InstrumentId, venueOf } from '#shared/domain/instrument.ts';
import type { StreamKey } from '#shared/domain/stream-key.ts';
import { tetherOf } from '../premium/premium-pairs.ts';

/**
 * The streams an alert's figure is made of. `canaryOf`: one to be listened to where a venue itself is watched. Those of
 * positions are kept by the accounts.
 */
export function streamsOf(
  rule: AlertRule,
  canaryOf: (venue: string) => InstrumentId | undefined,
): readonly StreamKey[] {
  switch (rule.kind) {
    case 'price':
      return rule.of === 'mark' ? [{ kind: 'mark', instrument: rule.instrument }] : prices(rule.instrument);
    case 'move':
      return prices(rule.instrument);
    case 'spread':
      return [{ kind: 'book', instrument: rule.instrument }];
    case 'funding':
      return [{ kind: 'mark', instrument: rule.instrument }];
    case 'premium':
      return [
        ...prices(rule.krw),
        ...prices(rule.usdt),
        ...(rule.basis === 'tether' ? prices(tetherOf(venueOf(rule.krw))) : []),
      ];
    case 'connection': {
      const canary = canaryOf(rule.venue);
      return canary === undefined ? [] : prices(canary);
    }
    case 'pnl':
    case 'liquidation':
      return [];
    default:
      return assertNever(rule);
  }
}

/** A ticker alone comes once a second or so: what a price does in between only trades tell. */
function prices(instrument: InstrumentId): readonly StreamKey[] {
  return [
    { kind: 'ticker', instrument },
    { kind: 'trade', instrument },
  ];
}
