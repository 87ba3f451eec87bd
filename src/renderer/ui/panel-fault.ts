import { useCallback, useState } from 'react';

/** Hands a fault from outside React's drawing (a painter, a chart callback) to the panel's boundary. */
export function usePanelFault(): (fault: unknown) => void {
  const [, setState] = useState<never>();
  return useCallback((fault: unknown) => {
    setState(() => {
      throw fault instanceof Error ? fault : new Error(String(fault));
    });
  }, []);
}
