import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type KeptBindings, rebind, unbind } from '../../commands/bindings.ts';
import { COMMAND_GROUPS, type Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { fitOf, searchText } from '../../commands/find-commands.ts';
import { IS_MAC } from '../../commands/is-mac.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HotkeyProblems } from './hotkey-problems.tsx';
import { HotkeyRow } from './hotkey-row.tsx';
import { useBindings, useChordLabel } from './use-keys.ts';
import { useRecorder } from './use-recorder.ts';
import '../../styles/commands.css';

/** All commands with their keys: searched, recorded, taken away, put back. A part of the settings. */
export function HotkeySettings() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const kept = useStore(settings.store, ({ hotkeys }) => hotkeys.bindings);
  const trading = useStore(settings.store, (state) => state.trading);
  const { chordOf, problems } = useBindings();
  const label = useChordLabel();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState('');
  const write = (bindings: KeptBindings) => settings.change({ hotkeys: { bindings } });
  const give = (id: string, chord: string | null) => {
    write(rebind(COMMANDS, settings.store.getState().hotkeys.bindings, { id, chord }, IS_MAC));
    const command = COMMANDS.find((one) => one.id === id);
    if (command === undefined) return;
    const title = t(command.titleKey);
    setSaid(
      chord === null ? t('hotkeys.cleared', { title }) : t('hotkeys.recorded', { title, keys: label(chord) }),
    );
  };
  const { recorder, begin, leave, take } = useRecorder(give);

  const wanted = typed.trim().toLowerCase();
  const isFound = (command: Command) => {
    const chord = chordOf.get(command.id);
    return (
      fitOf(typed, searchText(command)) !== undefined ||
      (chord !== undefined && label(chord).toLowerCase().includes(wanted))
    );
  };
  const groups = COMMAND_GROUPS.map((group) => ({
    group,
    held: COMMANDS.filter((command) => command.group === group && isFound(command)),
  })).filter(({ held }) => held.length > 0);

  return (
    <section className="hotkeys" aria-label={t('hotkeys.title')} data-testid="hotkeys">
      <HotkeyProblems problems={problems} />
      <label className="form-check">
        <input
          type="checkbox"
          checked={trading.hotkeys}
          data-testid="hotkeys-orders"
          onChange={({ target }) => settings.change({ trading: { ...trading, hotkeys: target.checked } })}
        />
        <span>
          {t('hotkeys.orders')}
          <span className="form-hint">{t('hotkeys.orders-explained')}</span>
        </span>
      </label>
      <div className="keysheet-tools">
        <input
          type="search"
          className="field"
          aria-label={t('hotkeys.find')}
          placeholder={t('hotkeys.find')}
          autoComplete="off"
          spellCheck={false}
          data-testid="hotkeys-find"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <ResetAll count={Object.keys(kept).length} onReset={() => write({})} />
      </div>
      <p className="sr-only" role="status" data-testid="hotkeys-said">
        {said}
      </p>
      {groups.map(({ group, held }) => (
        <div key={group} role="group" aria-label={t(`commandgroup.${group}`)}>
          <h3>{t(`commandgroup.${group}`)}</h3>
          <ul className="hotkey-rows">
            {held.map((command) => (
              <HotkeyRow
                key={command.id}
                command={command}
                chord={chordOf.get(command.id)}
                isOwn={Object.hasOwn(kept, command.id)}
                isMute={command.isOrder === true && !trading.hotkeys}
                recorder={recorder}
                onBegin={() => begin(command.id)}
                onLeave={leave}
                onTake={take}
                onClear={() => give(command.id, null)}
                onReset={() => write(unbind(kept, command.id))}
              />
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 && <p role="status">{t('hotkeys.nothing', { typed })}</p>}
    </section>
  );
}

/** Two clicks: what was recorded over months goes with it. */
function ResetAll({ count, onReset }: { readonly count: number; readonly onReset: () => void }) {
  const { t } = useTranslation();
  const [isSure, setSure] = useState(false);
  return (
    <button
      type="button"
      className={`button ${isSure ? 'button-bad' : ''}`}
      disabled={count === 0}
      data-testid="hotkeys-reset-all"
      onBlur={() => setSure(false)}
      onClick={() => {
        if (isSure) onReset();
        setSure(!isSure);
      }}
    >
      {isSure && count > 0 ? t('hotkeys.reset-all-sure', { count }) : t('hotkeys.reset-all')}
    </button>
  );
}
