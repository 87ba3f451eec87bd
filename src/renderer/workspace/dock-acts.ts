import type { DockviewApi, IDockviewPanel } from 'dockview-react';
import { POPOUT_URL } from './safe-dock.ts';

/** What can be done with the panel that is worked on, by a key or from the palette. */
export interface DockActs {
  closeActive(): void;
  toggleMaximized(): void;
  floatActive(): void;
  popOutActive(): void;
  /** Moves the focus to the next frame (1) or the one before (-1). */
  focusNext(step: 1 | -1): void;
}

/** Over the others, at a size that shows what it is. */
export function floatPanel(dock: DockviewApi, panel: IDockviewPanel): void {
  dock.addFloatingGroup(panel, { width: 420, height: 320 });
}

/** To a window of its own; whether it worked is told by the dock's own event. */
export function popOutPanel(dock: DockviewApi, panel: IDockviewPanel): void {
  void dock.addPopoutGroup(panel, { popoutUrl: POPOUT_URL });
}

/** Fills the desk with the panel's frame; where one fills it already, every frame has its place again. */
export function toggleMaximizedPanel(
  dock: DockviewApi,
  panel: Pick<IDockviewPanel, 'api'> | undefined,
): void {
  if (dock.hasMaximizedGroup()) dock.exitMaximizedGroup();
  else panel?.api.maximize();
}

export function dockActs(dock: () => DockviewApi | undefined): DockActs {
  const active = (): IDockviewPanel | undefined => {
    const api = dock();
    return api?.activePanel ?? api?.panels[0];
  };
  return {
    closeActive: () => active()?.api.close(),
    toggleMaximized() {
      const api = dock();
      if (api) toggleMaximizedPanel(api, active());
    },
    floatActive() {
      const api = dock();
      const panel = active();
      if (api && panel) floatPanel(api, panel);
    },
    popOutActive() {
      const api = dock();
      const panel = active();
      if (api && panel) popOutPanel(api, panel);
    },
    focusNext(step) {
      const api = dock();
      if (api === undefined || api.groups.length === 0) return;
      const at = api.groups.findIndex(({ id }) => id === api.activeGroup?.id);
      const next = api.groups[(at + step + api.groups.length) % api.groups.length];
      next?.activePanel?.api.setActive();
      next?.element.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    },
  };
}
