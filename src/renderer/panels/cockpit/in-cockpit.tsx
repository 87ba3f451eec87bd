import '../../styles/cockpit.css';
import { type ComponentType, useLayoutEffect, useState } from 'react';
import type { Desk } from '../../stores/desk.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { CockpitProvider, type CockpitStores, openCockpit } from './cockpit-context.ts';

/** The stores every docked part of the connections view draws from, open as long as one of them is there. */
let shared: { readonly desk: Desk; readonly stores: CockpitStores; holders: number } | undefined;

function holdCockpit(desk: Desk): { readonly stores: CockpitStores; release(): void } {
  if (shared?.desk !== desk) shared = { desk, stores: openCockpit(desk), holders: 0 };
  const held = shared;
  held.holders += 1;
  return {
    stores: held.stores,
    release() {
      held.holders -= 1;
      if (held.holders > 0) return;
      held.stores.dispose();
      if (shared === held) shared = undefined;
    },
  };
}

/** A part of the connections view that stands by itself on the desk. */
export function inCockpit(Part: ComponentType): ComponentType {
  return function InCockpit() {
    const desk = useDesk();
    const [stores, setStores] = useState<CockpitStores>();
    useLayoutEffect(() => {
      const held = holdCockpit(desk);
      setStores(held.stores);
      return held.release;
    }, [desk]);
    if (stores === undefined) return null;
    return (
      <CockpitProvider value={stores}>
        <Part />
      </CockpitProvider>
    );
  };
}
