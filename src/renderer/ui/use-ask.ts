import { useState } from 'react';
import { asError } from '../stores/as-error.ts';
import { useDesk } from './desk-context.ts';

/** Does what a button asks for, one at a time: `busy` meanwhile; what goes wrong is said in the corner. */
export function useAsk(): { readonly busy: boolean; readonly ask: (task: () => Promise<unknown>) => void } {
  const { notices } = useDesk();
  const [busy, setBusy] = useState(false);
  const ask = (task: () => Promise<unknown>) => {
    setBusy(true);
    task()
      .catch((fault: unknown) => notices.show(asError(fault)))
      .finally(() => setBusy(false));
  };
  return { busy, ask };
}
