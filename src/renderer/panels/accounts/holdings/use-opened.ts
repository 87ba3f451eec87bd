import { useLayoutEffect, useState } from 'react';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Watching } from '../../../stores/watched.ts';
import { useDesk } from '../../../ui/desk-context.ts';

/** A watch that is open while what shows it is shown. `undefined` before the first drawing. */
export function useOpened<View>(
  open: (client: ContractClient) => Watching<View>,
): Watching<View> | undefined {
  const { client } = useDesk();
  const [watching, setWatching] = useState<Watching<View>>();
  useLayoutEffect(() => {
    const opened = open(client);
    setWatching(opened);
    return opened.dispose;
  }, [client, open]);
  return watching;
}
