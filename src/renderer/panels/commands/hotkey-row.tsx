import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chord } from '../../commands/chord.ts';
import type { Command } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/commands.ts';
import type { Recorder, Refused } from '../../commands/recorder.ts';
import { KeyCaps } from './key-caps.tsx';
import { useChordLabel } from './use-keys.ts';

interface HotkeyRowProps {
  readonly command: Command;
  readonly chord: Chord | undefined;
  /** Differs from the default. */
  readonly isOwn: boolean;
  /** Its keys do nothing while orders by keys are off. */
  readonly isMute: boolean;
  readonly recorder: Recorder;
  readonly onBegin: () => void;
  readonly onLeave: () => void;
  readonly onTake: () => void;
  readonly onClear: () => void;
  readonly onReset: () => void;
}

/** One command: its keys, and what can be done about them. */
export function HotkeyRow(props: HotkeyRowProps) {
  const { t } = useTranslation();
  const { command, chord, recorder } = props;
  const title = t(command.titleKey);
  const isMine = recorder.kind !== 'idle' && recorder.id === command.id;
  return (
    <li className="hotkey-row" data-command={command.id} data-recording={isMine || undefined}>
      <span>{title}</span>
      <span className="hotkey-keys" data-testid="hotkey-keys">
        {props.isMute && chord !== undefined && <small>{t('keysheet.off')}</small>}
        {chord === undefined ? (
          <span className="text-dim">{t('hotkeys.none')}</span>
        ) : (
          <KeyCaps chord={chord} />
        )}
      </span>
      <span className="hotkey-acts">
        <button
          type="button"
          className="button"
          aria-label={t('hotkeys.record-for', { title })}
          aria-pressed={isMine}
          data-testid="hotkey-record"
          onClick={isMine ? props.onLeave : props.onBegin}
        >
          {t('hotkeys.record')}
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('hotkeys.clear-for', { title })}
          disabled={chord === undefined}
          data-testid="hotkey-clear"
          onClick={props.onClear}
        >
          {t('hotkeys.clear')}
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('hotkeys.reset-for', { title })}
          disabled={!props.isOwn}
          data-testid="hotkey-reset"
          onClick={props.onReset}
        >
          {t('hotkeys.reset')}
        </button>
      </span>
      {isMine && <Recording recorder={recorder} onTake={props.onTake} onLeave={props.onLeave} />}
    </li>
  );
}

function Recording({ recorder, onTake, onLeave }: Pick<HotkeyRowProps, 'recorder' | 'onTake' | 'onLeave'>) {
  const { t } = useTranslation();
  const label = useChordLabel();
  if (recorder.kind === 'conflict') {
    const holder = COMMANDS.find(({ id }) => id === recorder.by);
    return (
      <div className="hotkey-said" role="alert" data-testid="hotkey-conflict">
        <span className="text-warn">
          {t('hotkeys.conflict', {
            keys: label(recorder.chord),
            title: holder === undefined ? recorder.by : t(holder.titleKey),
          })}
        </span>
        <Take onTake={onTake} />
        <button type="button" className="button" onClick={onLeave}>
          {t('hotkeys.leave')}
        </button>
      </div>
    );
  }
  if (recorder.kind !== 'listening') return null;
  return (
    <div className="hotkey-said" role="status" data-testid="hotkey-listening">
      {recorder.refused !== undefined && <RefusedText refused={recorder.refused} />}
      <span className="text-dim">{t('hotkeys.press')}</span>
    </div>
  );
}

function Take({ onTake }: { readonly onTake: () => void }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button ref={button} type="button" className="button" data-testid="hotkey-take" onClick={onTake}>
      {t('hotkeys.take')}
    </button>
  );
}

function RefusedText({ refused }: { readonly refused: Refused }) {
  const { t } = useTranslation();
  const label = useChordLabel();
  return (
    <span className="text-warn" data-testid="hotkey-refused">
      {refused.kind === 'reserved'
        ? t(`keyrefused.${refused.why}`, { keys: label(refused.chord) })
        : t(`keyrefused.${refused.kind}`)}
    </span>
  );
}
