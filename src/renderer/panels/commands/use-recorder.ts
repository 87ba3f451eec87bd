import { useEffect, useState } from 'react';
import { COMMANDS } from '../../commands/commands.ts';
import { IS_MAC } from '../../commands/is-mac.ts';
import { pressOf } from '../../commands/press.ts';
import {
  beginRecording,
  IDLE,
  type Recorder,
  recordPress,
  recordRelease,
  takeOver,
} from '../../commands/recorder.ts';
import { useDesk } from '../../ui/desk-context.ts';

interface Recording {
  readonly recorder: Recorder;
  readonly begin: (id: string) => void;
  readonly leave: () => void;
  /** In a conflict: the chord moves here. */
  readonly take: () => void;
}

/** Listens to keys before anybody else while one is recorded; `give` hears what came of it. */
export function useRecorder(give: (id: string, chord: string | null) => void): Recording {
  const { settings } = useDesk();
  const [recorder, setRecorder] = useState<Recorder>(IDLE);
  const isActive = recorder.kind === 'listening' || recorder.kind === 'conflict';

  const put = (next: Recorder) => {
    if (next.kind !== 'done') return setRecorder(next);
    setRecorder(IDLE);
    give(next.id, next.chord);
  };
  useEffect(() => {
    if (!isActive) return undefined;
    const press = (event: KeyboardEvent) => {
      // In a conflict the two answers are buttons: their keys stay theirs.
      if (recorder.kind === 'conflict' && event.code !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      const rules = { commands: COMMANDS, kept: settings.store.getState().hotkeys.bindings, isMac: IS_MAC };
      put(recordPress(recorder, pressOf(event), rules));
    };
    const release = (event: KeyboardEvent) =>
      setRecorder((held) => recordRelease(held, pressOf(event), IS_MAC));
    const away = () => setRecorder(IDLE);
    window.addEventListener('keydown', press, true);
    window.addEventListener('keyup', release, true);
    window.addEventListener('blur', away);
    return () => {
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('keyup', release, true);
      window.removeEventListener('blur', away);
    };
  });
  return {
    recorder,
    begin: (id) => setRecorder(beginRecording(id)),
    leave: () => setRecorder(IDLE),
    take: () => put(takeOver(recorder)),
  };
}
