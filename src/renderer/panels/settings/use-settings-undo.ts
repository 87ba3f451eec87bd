import { useCallback, useState } from 'react';
import type { Settings } from '#shared/contract/settings.ts';
import type { SettingsKeeper } from '../../stores/settings.ts';
import { changeOf, firstValue, type PathValue, valuesOf } from './setting-value.ts';
import { differencesOf } from './settings-transfer.ts';

/** What was there before the last reset. */
type Before =
  | { readonly kind: 'paths'; readonly values: readonly PathValue[] }
  | { readonly kind: 'parts'; readonly parts: Partial<Settings>; readonly count: number };

export interface SettingsUndo {
  /** How many settings can be put back; 0: nothing to undo. */
  readonly count: number;
  readonly write: (values: readonly PathValue[]) => void;
  /** To the defaults. */
  readonly reset: (paths: readonly string[]) => void;
  readonly replace: (change: Partial<Settings>) => void;
  readonly undo: () => void;
  readonly forget: () => void;
}

/** Writes settings, and knows the way back from resets and from whole parts that were taken over: one step, the last. */
export function useSettingsUndo(settings: SettingsKeeper): SettingsUndo {
  const [before, setBefore] = useState<Before>();
  const forget = useCallback(() => setBefore(undefined), []);
  const put = useCallback(
    (values: readonly PathValue[]) => settings.change(changeOf(settings.store.getState(), values)),
    [settings],
  );
  const write = useCallback(
    (values: readonly PathValue[]) => {
      // A part put back as it was would take this along.
      setBefore((last) => (last?.kind === 'parts' ? undefined : last));
      put(values);
    },
    [put],
  );
  const reset = useCallback(
    (paths: readonly string[]) => {
      if (paths.length === 0) return;
      setBefore({ kind: 'paths', values: valuesOf(settings.store.getState(), paths) });
      put(paths.map((path) => [path, firstValue(path)]));
    },
    [settings, put],
  );
  const replace = useCallback(
    (change: Partial<Settings>) => {
      const held = settings.store.getState();
      const keys = Object.keys(change) as (keyof Settings)[];
      const parts: Partial<Settings> = Object.fromEntries(keys.map((key) => [key, held[key]]));
      setBefore({ kind: 'parts', parts, count: differencesOf(parts, change).length });
      settings.change(change);
    },
    [settings],
  );
  const undo = () => {
    if (before?.kind === 'paths') put(before.values);
    else if (before?.kind === 'parts') settings.change(before.parts);
    forget();
  };
  const count = before === undefined ? 0 : before.kind === 'paths' ? before.values.length : before.count;
  return { count, write, reset, replace, undo, forget };
}
