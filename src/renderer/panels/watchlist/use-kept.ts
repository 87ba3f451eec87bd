import { useMemo, useState } from 'react';
import { usePanel } from '../../workspace/panel-context.ts';
import type { PanelParams } from '../../workspace/panel-params.ts';

/** What a panel remembers of itself: with the layout where it is docked, else as long as it is drawn. */
export function useKept(): {
  readonly params: PanelParams;
  readonly keep: (patch: PanelParams) => void;
} {
  const panel = usePanel();
  const [local, setLocal] = useState<PanelParams>({});
  return useMemo(
    () =>
      panel
        ? { params: panel.params, keep: panel.setParams }
        : {
            params: local,
            keep: (patch: PanelParams) => setLocal((held) => ({ ...held, ...patch })),
          },
    [panel, local],
  );
}
