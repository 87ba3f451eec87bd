import type { Environment, KeyVerdict } from '#shared/domain/account.ts';
import type { CapabilitySheet } from '#shared/domain/capability.ts';

export interface OutcomeLine {
  readonly id:
    | 'watch'
    | 'account'
    | 'order'
    | 'no-order-read'
    | 'no-order-venue'
    | 'settle'
    | 'settle-person'
    | 'no-withdraw'
    | 'real-locked'
    | 'play';
  readonly can: boolean;
}

/** What Heartline can and cannot do with a key that was kept, in the order a person wants to know it. */
export function outcomeLines(
  kind: Exclude<KeyVerdict['kind'], 'refused'>,
  { orderSafety }: Pick<CapabilitySheet, 'orderSafety'>,
  environment: Environment,
): readonly OutcomeLine[] {
  const orders = kind === 'trade' && orderSafety !== 'none';
  return [
    { id: 'watch', can: true },
    { id: 'account', can: true },
    ...(orders
      ? [
          { id: 'order', can: true } as const,
          orderSafety === 'full'
            ? ({ id: 'settle', can: true } as const)
            : ({ id: 'settle-person', can: false } as const),
        ]
      : [{ id: kind === 'trade' ? 'no-order-venue' : 'no-order-read', can: false } as const]),
    { id: 'no-withdraw', can: false },
    ...(environment === 'mainnet'
      ? orders
        ? [{ id: 'real-locked', can: false } as const]
        : []
      : [{ id: 'play', can: false } as const]),
  ];
}
