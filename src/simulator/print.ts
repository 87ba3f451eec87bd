/** Prices are whole ticks, quantities whole steps, times ms epoch. */

/** One taker order's executions at one price: what the venue calls an aggregate trade. */
export interface Print {
  /** Counts up by one per instrument. */
  readonly id: number;
  readonly firstFill: number;
  readonly lastFill: number;
  readonly price: number;
  readonly quantity: number;
  readonly time: number;
  /** True when the taker sold. */
  readonly buyerIsMaker: boolean;
  /** Id of the book's latest change before the order that made it: the same for all prints of one order. */
  readonly atUpdate: number;
}

/** One execution against one resting order. Ids count up by one per instrument. */
export interface Fill {
  readonly id: number;
  readonly price: number;
  readonly quantity: number;
  readonly time: number;
  readonly buyerIsMaker: boolean;
}
