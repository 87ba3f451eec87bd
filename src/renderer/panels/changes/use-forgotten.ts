import { useEffect } from 'react';
import { useDesk } from '../../ui/desk-context.ts';

const SHOWN_MS = 6_000;

/** What went as wished puts itself away after a while: it stands elsewhere too. `what`: begins anew with another one. */
export function useForgotten(isFine: boolean, what: unknown, forget: () => void): void {
  const { clock } = useDesk();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new one has its own time.
  useEffect(() => (isFine ? clock.after(SHOWN_MS, forget) : undefined), [clock, isFine, what, forget]);
}
