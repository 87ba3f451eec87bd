import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '#shared/base/clock.ts';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { Arrangement } from '#shared/contract/layout-api.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import { asError } from '../stores/as-error.ts';
import { kindOfId, linksOf } from './arrange.ts';
import { type DockActs, dockActs } from './dock-acts.ts';
import { createLayoutHistory } from './layout-history.ts';
import type { Links } from './links.ts';
import { onScreens } from './on-screens.ts';
import { openPanel } from './open-panel.ts';
import { PANELS, type PanelKind } from './panel-list.ts';
import type { PanelParams } from './panel-params.ts';
import { compactArrangement, type Preset, presetArrangement } from './presets.ts';
import { safeDock } from './safe-dock.ts';
import { type SavedLayouts, savedLayouts } from './saved-layouts.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Dragging a border changes the layout at every step: it is one change. */
const SETTLE_MS = 400;
const STAYED_MS = 3_000;
/** Below it no desk of columns can be worked with, CSS px. */
const LEAST_WIDTH = 880;

/** What a step of the history brings back. */
interface Standing {
  readonly current: string;
  readonly arrangement: Arrangement;
}

export interface Workspace extends DockActs, SavedLayouts {
  readonly store: StoreApi<WorkspaceState>;
  /** The dock is there: it is given its arrangement, and listened to until undone. */
  attach(api: DockviewApi): Undo;
  /** The room there is, CSS px: with too little of it the panels stand in one column, until there is more again. */
  fit(width: number): void;
  /** Brings a panel of the kind to the front, or adds one. */
  open(kind: PanelKind, params?: PanelParams): void;
  /** Adds one more. */
  add(kind: PanelKind, params?: PanelParams): void;
  /** Adds one more as a tab of that frame; one there is only one of comes to the front where it stands. */
  addInto(kind: PanelKind, frame: string): void;
  /** Whether the panel is the one of its kind that was last worked on. */
  isLeading(id: string): boolean;
  undo(): void;
  redo(): void;
  applyPreset(preset: Preset): void;
  /** As it stands, for a file or for keeping. */
  read(): Arrangement | undefined;
  /** Something of a panel's own changed. */
  noteChange(): void;
  /** The window is about to go: what that does to the dock is nobody's arrangement. */
  leave(): void;
  readonly dispose: Undo;
}

export function createWorkspace(options: {
  readonly client: ContractClient;
  readonly clock: Clock;
  readonly links: Links;
  readonly onFault: (error: HeartlineError) => void;
  /** The main instrument's coin on the other side of the border, as far as it is known. */
  readonly counterpart: () => InstrumentId | undefined;
}): Workspace {
  const { client, clock, links, onFault, counterpart } = options;
  const store = createStore<WorkspaceState>()(() => ({
    document: undefined,
    current: '',
    open: new Set(),
    isCompact: false,
    canUndo: false,
    canRedo: false,
  }));
  const history = createLayoutHistory();
  const leading = new Map<PanelKind, string>();
  let api: DockviewApi | undefined;
  let cancelSettle: Undo = () => undefined;
  let kept = '';
  /** How the desk stands where there is room, while there is none. */
  let aside: Standing | undefined;
  let isLeaving = false;
  let isEnded = false;

  const report = (fault: unknown) => onFault(asError(fault));
  const load = async () => {
    try {
      const { document, brokenFile } = await client.request('layouts.read', {});
      if (isEnded) return;
      if (brokenFile !== undefined) {
        onFault(
          new HeartlineError('layouts.broken', 'the file of layouts made no sense', {
            details: { file: brokenFile },
          }),
        );
      }
      store.setState({ document, current: document.current });
    } catch (fault) {
      if (isEnded) return;
      report(fault);
      store.setState({ document: { version: 1, current: '', working: null, saved: [] } });
    }
  };
  void load();

  const read = (): Arrangement | undefined =>
    api && { dock: api.toJSON() as unknown as Arrangement['dock'], links: links.store.getState() };

  const showHistory = () => store.setState({ canUndo: history.canGoBack, canRedo: history.canGoForward });
  const showPanels = () => {
    const kinds = (api?.panels ?? []).flatMap(({ id }) => kindOfId(id) ?? []);
    store.setState({ open: new Set(kinds) });
  };

  /** Writes how it stands, once it has stood so for a moment. */
  const settle = (isStep: boolean) => {
    const arrangement = read();
    if (arrangement === undefined || isLeaving) return;
    const { current } = store.getState();
    const text = JSON.stringify({ current, arrangement } satisfies Standing);
    if (isStep) history.note(text);
    else history.settle(text);
    showHistory();
    // What a small window made of it is nobody's arrangement.
    if (text === kept || store.getState().isCompact) return;
    kept = text;
    client.request('layouts.keep', { current, arrangement }).catch(report);
  };
  // What the dock makes of an arrangement it was given is told as changes too: they are no step of the person's.
  let isGiven = false;
  const settleSoon = (isStep: boolean) => {
    cancelSettle();
    if (!isStep) isGiven = true;
    cancelSettle = clock.after(SETTLE_MS, () => {
      settle(!isGiven);
      isGiven = false;
    });
  };

  /** Whether it could be shown; where not, the dock is empty and must be given something else. */
  const show = (arrangement: Arrangement, reuse: boolean): boolean => {
    if (api === undefined) return false;
    try {
      const { dock, moved } = onScreens(safeDock(arrangement.dock));
      if (moved) onFault(new HeartlineError('popout.moved', 'a window stood on a screen that is not there'));
      links.restore(linksOf(arrangement));
      api.fromJSON(dock as unknown as SerializedDockview, { reuseExistingPanels: reuse });
      return api.totalPanels > 0;
    } catch (fault) {
      onFault(
        new HeartlineError('layout.unusable', messageOf(fault), {
          cause: fault,
          details: { reason: messageOf(fault) },
        }),
      );
      return false;
    }
  };
  const showPreset = (preset: Preset) => {
    if (api === undefined) return;
    api.clear();
    show(presetArrangement(preset, api.width, counterpart()), false);
  };
  const apply = (arrangement: Arrangement, current: string) => {
    settle(true);
    if (!show(arrangement, true)) showPreset('trade');
    store.setState({ current });
    settleSoon(true);
  };
  const step = (text: string | undefined) => {
    if (text === undefined) return;
    cancelSettle();
    const { current, arrangement } = JSON.parse(text) as Standing;
    show(arrangement, true);
    store.setState({ current });
    showHistory();
    settleSoon(false);
  };

  return {
    store,
    attach(given) {
      api = given;
      store.setState({ isCompact: false });
      const { document } = store.getState();
      const working = document?.working ?? undefined;
      if (working === undefined || !show(working, false)) showPreset('trade');
      if (store.getState().current === '') store.setState({ current: 'trade' });
      showPanels();
      settleSoon(false);
      const listening = [
        given.onDidLayoutChange(() => settleSoon(true)),
        given.onDidAddPanel(showPanels),
        given.onDidRemovePanel(showPanels),
        given.onDidLayoutFromJSON(showPanels),
        given.onDidActivePanelChange(({ panel }) => {
          const kind = panel && kindOfId(panel.id);
          if (panel && kind) leading.set(kind, panel.id);
        }),
        given.onDidOpenPopoutWindowFail(({ reason }) =>
          onFault(
            new HeartlineError('popout.failed', `a window of its own could not be opened: ${reason}`, {
              details: { reason },
            }),
          ),
        ),
      ];
      return () => {
        for (const one of listening) one.dispose();
        cancelSettle();
        api = undefined;
      };
    },
    fit(width) {
      const isNarrow = width > 0 && width < LEAST_WIDTH;
      const { isCompact, current } = store.getState();
      if (api === undefined || isNarrow === isCompact || width === 0) return;
      cancelSettle();
      store.setState({ isCompact: isNarrow });
      if (isNarrow) {
        const arrangement = read();
        aside = arrangement && { current, arrangement };
        show(compactArrangement, true);
      } else if (aside && show(aside.arrangement, true)) store.setState({ current: aside.current });
      else showPreset('trade');
    },
    open(kind, params) {
      if (api === undefined) return;
      const held = api.panels.filter(({ id }) => kindOfId(id) === kind);
      const found = held.find(({ id }) => id === leading.get(kind)) ?? held[0];
      if (found === undefined) openPanel(api, kind, params);
      else {
        if (params) found.api.updateParameters({ ...params });
        found.api.setActive();
      }
    },
    add(kind, params) {
      if (api === undefined) return;
      if (PANELS[kind].isSingle) this.open(kind, params);
      else openPanel(api, kind, params);
    },
    addInto(kind, frame) {
      const group = api?.groups.find(({ id }) => id === frame);
      if (api === undefined || group === undefined) return;
      if (PANELS[kind].isSingle && store.getState().open.has(kind)) this.open(kind);
      else openPanel(api, kind, {}, group);
    },
    isLeading(id) {
      const kind = kindOfId(id);
      if (kind === undefined) return false;
      const held = (api?.panels ?? []).filter((panel) => kindOfId(panel.id) === kind);
      const chosen = held.find((panel) => panel.id === leading.get(kind)) ?? held[0];
      return chosen?.id === id;
    },
    ...dockActs(() => api),
    undo: () => step(history.back()),
    redo: () => step(history.forward()),
    applyPreset(preset) {
      if (api) apply(presetArrangement(preset, api.width, counterpart()), preset);
    },
    ...savedLayouts({ client, store, read, apply, keep: () => settleSoon(true) }),
    read,
    noteChange: () => settleSoon(true),
    leave() {
      cancelSettle();
      settle(true);
      isLeaving = true;
      // The window may stay after all: somebody was asked and said no.
      clock.after(STAYED_MS, () => {
        isLeaving = false;
      });
    },
    dispose() {
      isEnded = true;
      cancelSettle();
    },
  };
}
