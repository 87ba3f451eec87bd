/** Asks for many symbols in one call: whoever asks while a call is on its way joins the next. */
export interface SymbolBatch<Answer> {
  /** `undefined` when the answer left it out. Rejects as the call did. */
  ask(symbol: string): Promise<Answer | undefined>;
}

export function createSymbolBatch<Answer>(
  call: (symbols: readonly string[]) => Promise<Readonly<Record<string, Answer | undefined>>>,
): SymbolBatch<Answer> {
  let gathering: { readonly symbols: Set<string>; readonly answer: ReturnType<typeof call> } | undefined;
  let underWay: Promise<unknown> = Promise.resolve();

  function gather(): NonNullable<typeof gathering> {
    if (gathering) return gathering;
    const symbols = new Set<string>();
    const answer = underWay.then(() => {
      gathering = undefined;
      return call([...symbols]);
    });
    // The next waits for this one, however it ends.
    underWay = answer.catch(() => undefined);
    gathering = { symbols, answer };
    return gathering;
  }

  return {
    async ask(symbol) {
      const { symbols, answer } = gather();
      symbols.add(symbol);
      return (await answer)[symbol];
    },
  };
}
