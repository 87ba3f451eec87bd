/** What the venues call an id of a client’s own, in requests that place, change or cancel. */
const NAMES = [
  'newClientOrderId',
  'origClientOrderId',
  'clientAlgoId',
  'orderLinkId',
  'new_identifier',
  'identifier',
  'client_order_id',
] as const;

/** The client’s own id in a request’s parameters, where it has one. */
export function clientIdIn(params: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of NAMES) {
    const value = params[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
