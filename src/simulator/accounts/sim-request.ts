/** A private request as the simulator keeps it. */
export interface SimRequest {
  readonly method: string;
  readonly path: string;
  /** Query and body as they came, without signature and token. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The key's name, where it was known. */
  readonly key?: string;
  /** 0: nothing was answered (yet). */
  readonly status: number;
  readonly code?: string;
  /** Market time it came at, ms epoch. */
  readonly time: number;
  /** Of requests that place, change or cancel orders. */
  readonly ruling?: Readonly<OrderRuling>;
}

/** What came of a request about orders, whatever its sender was told. It may turn out only later. */
export interface OrderRuling {
  /** The venue did what was asked: took the order, changed it, took the cancel. */
  accepted: boolean;
  /** Numbers of the orders that were placed by it. */
  orders: readonly number[];
  /** The client's own id in it. */
  clientOrderId?: string;
  /** Style of the order fault that struck it. */
  fault?: string;
}
