import type { AlertOrder, AlertRule } from '#shared/domain/alert.ts';

/** Without the `undefined`s and `null`s of an input: what is not said stays out. */
type Told = { readonly [Key in keyof AlertOrder]?: AlertOrder[Key] | null | undefined };

interface WholeInput {
  readonly rule: AlertRule;
  readonly note: string;
  readonly ways: AlertOrder['ways'];
  readonly repeatAfterMs: number | null;
  readonly expiresAt: number | null;
  readonly isPaused: boolean;
}

/** An input of the contract as an order: `null` (once, never) is what a change takes back, so it stands as `undefined`. */
export function orderOf(input: WholeInput): AlertOrder;
export function orderOf(input: Told): Partial<AlertOrder>;
export function orderOf(input: Told): Partial<AlertOrder> {
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, value ?? undefined]),
  );
}
