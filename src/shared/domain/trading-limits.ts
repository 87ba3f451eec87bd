/** Limits on orders of one venue or one account. Decimal texts so that nothing is rounded; `quote` amounts by currency. */
export interface TradingLimits {
  /** Percent a limit price may lie beyond the opposite best, 0.5–20. */
  readonly collarPercent: number;
  /** Percent a market order may go beyond the opposite best. */
  readonly slippagePercent: number;
  /** Of one order, in quote, by quote currency. */
  readonly maxNotional: { readonly USDT: number; readonly KRW: number };
  /** Of all orders of a day (UTC), likewise. */
  readonly dailyNotional: { readonly USDT: number; readonly KRW: number };
  /** Largest share of the visible depth of the other side an order may take, percent. */
  readonly depthSharePercent: number;
  readonly maxOpenOrders: number;
  /** Orders in ten seconds. */
  readonly ordersPer10s: number;
  /** From this notional on, main draws the confirmation. */
  readonly confirmAbove: { readonly USDT: number; readonly KRW: number };
}
