import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Instrument, instrumentName } from '#shared/domain/instrument.ts';
import type { Command } from '../../commands/command.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { coinName } from '../../ui/coin-name.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { KeyCaps } from './key-caps.tsx';
import type { PaletteLine } from './palette-lines.ts';
import { useBindings } from './use-keys.ts';

/** One line of the palette: what it is, what it belongs to, its keys or why it cannot be done. */
export function PaletteItem({ line }: { readonly line: PaletteLine }) {
  const { t } = useTranslation();
  switch (line.kind) {
    case 'instrument':
      return <InstrumentLine instrument={line.instrument} />;
    case 'choice':
      return (
        <>
          {line.of !== undefined && <span className="text-dim">{t(line.of.titleKey)}</span>}
          <span>{line.choice.title}</span>
          {line.choice.isCurrent === true && <span className="palette-end">✓ {t('palette.current')}</span>}
        </>
      );
    case 'command':
      return <CommandLine command={line.command} />;
  }
}

function CommandLine({ command }: { readonly command: Command }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { chordOf } = useBindings();
  const isOn = useStore(desk.settings.store, ({ trading }) => trading.hotkeys);
  const why = command.barred?.(desk);
  const chord = chordOf.get(command.id);
  const isMute = command.isOrder === true && !isOn;
  return (
    <>
      <span className={why === undefined ? '' : 'text-dim'}>{t(command.titleKey)}</span>
      {why !== undefined && <span className="palette-why">{t(why)}</span>}
      <span className="palette-end">
        {chord !== undefined && <KeyCaps chord={chord} />}
        {chord !== undefined && isMute && <small>{t('keysheet.off')}</small>}
        {command.choices !== undefined && <span aria-hidden="true">›</span>}
      </span>
    </>
  );
}

function InstrumentLine({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation();
  const { app, settings } = useDesk();
  const isWatched = useStore(settings.store, ({ watchlist }) => watchlist.includes(instrument.id));
  const coin = coinName(instrument, currentLanguage());
  return (
    <>
      <strong>{instrumentName(instrument.id)}</strong>
      <span className="text-dim">
        {app.venues.find(({ id }) => id === instrument.venue)?.name ?? instrument.venue}
      </span>
      {coin !== undefined && <span className="text-dim truncate">{coin}</span>}
      <StandingMark instrument={instrument.id} />
      {isWatched && <span className="palette-end">{t('search.watched')}</span>}
    </>
  );
}
