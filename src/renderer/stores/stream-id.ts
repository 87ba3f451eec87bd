/** Names one stream on one connection: the same stream may be carried twice while a connection is renewed. */
export function streamId(of: { readonly connection: string; readonly stream: string }): string {
  return `${of.connection} ${of.stream}`;
}
