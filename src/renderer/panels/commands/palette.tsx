import { CommandGroup, CommandInput, CommandItem, CommandList, CommandRoot } from 'cmdk';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { COMMANDS } from '../../commands/commands.ts';
import type { LayerShown } from '../../commands/layer.ts';
import { toggleWatched } from '../../commands/market-commands.ts';
import { noteRecent, recentInstrument } from '../../commands/recent.ts';
import { runCommand, tryTo } from '../../commands/run-command.ts';
import { errorText } from '../../i18n/text-for.ts';
import { mendFirstLetter } from '../../ui/compose-hangul.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { PaletteItem } from './palette-item.tsx';
import { lineTitle, type PaletteLine, paletteGroups } from './palette-lines.ts';

interface PaletteProps {
  readonly asked: Extract<LayerShown, { readonly kind: 'palette' }>;
  readonly onClose: () => void;
}

/** Commands and instruments by name. What a command has to be told is asked on a page of its own; Esc goes one step back. */
export function Palette({ asked, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const [pageId, setPage] = useState(asked.page);
  const [typed, setTyped] = useState('');
  const [value, setValue] = useState('');
  const [said, setSaid] = useState('');
  const { known, error } = useStore(desk.instruments.store);
  useStore(desk.settings.store);
  // Before the key that opened it has written its character: that goes into the field.
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = element?.ownerDocument.activeElement;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  const page = COMMANDS.find(({ id }) => id === pageId);
  const groups = paletteGroups(desk, { typed, page, only: asked.only });
  const lines = groups.flatMap((group) => group.lines);
  const type = (text: string) => {
    setTyped(text);
    setSaid('');
  };
  const enter = (id: string) => {
    setPage(id);
    type('');
  };
  /** One step: what was typed, the page, the palette. */
  const back = () => {
    if (typed !== '') type('');
    else if (pageId !== undefined && asked.page === undefined) setPage(undefined);
    else onClose();
  };
  const choose = (line: PaletteLine) => {
    if (line.kind === 'instrument') {
      noteRecent(desk.settings, recentInstrument(line.instrument.id));
      onClose();
      desk.focus.choose(line.instrument.id);
      return;
    }
    if (line.kind === 'choice') {
      const owner = line.of ?? page;
      if (owner !== undefined) noteRecent(desk.settings, owner.id);
      onClose();
      tryTo(desk, line.choice.run);
      return;
    }
    const { command } = line;
    const why = command.barred?.(desk);
    if (why !== undefined) {
      setSaid(t('palette.cannot', { title: lineTitle(line), why: t(why) }));
      return;
    }
    if (command.choices !== undefined) return enter(command.id);
    noteRecent(desk.settings, command.id);
    // First away, so that what it opens finds the desk free, and the focus where it was.
    onClose();
    runCommand(command, desk);
  };
  const press = (event: KeyboardEvent) => {
    const { nativeEvent } = event;
    if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return;
    const active = lines.find(({ key }) => key === value);
    if (event.key === 'Escape') back();
    else if (event.key === 'Backspace' && typed === '' && pageId !== undefined && asked.page === undefined)
      setPage(undefined);
    else if (event.key === 'Enter' && event.shiftKey && active?.kind === 'instrument')
      toggleWatched(desk, active.instrument.id);
    // Held down, the key that opened it chooses nothing.
    else if (event.key !== 'Enter' || !event.repeat) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const footText = () => {
    if (said !== '') return said;
    if (lines.length > 0) {
      return lines.find(({ key }) => key === value)?.kind === 'instrument'
        ? t('palette.hint-instrument')
        : t('palette.hint');
    }
    if (page !== undefined && typed === '') return t('palette.no-choices');
    if (known.size > 0 || asked.only === 'all') return t('palette.nothing', { typed });
    return error ? t('search.unavailable', { why: errorText(error) }) : t('search.loading');
  };
  const placeholder =
    page !== undefined
      ? t('palette.placeholder-page')
      : t(asked.only === 'all' ? 'palette.placeholder' : 'palette.placeholder-instruments');

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.title')}
      data-testid="palette"
      data-page={pageId}
      onKeyDownCapture={press}
      onCancel={(event) => {
        // Where the window itself asks to close it (a gesture, a screen reader): one step, as by Esc.
        event.preventDefault();
        back();
      }}
      // A click on the backdrop is a click on the dialog itself.
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <CommandRoot
        label={t('palette.title')}
        shouldFilter={false}
        loop
        vimBindings={false}
        value={value}
        onValueChange={setValue}
      >
        <div className="palette-head">
          {page !== undefined && (
            <button
              type="button"
              className="button"
              aria-label={t('palette.back')}
              data-testid="palette-back"
              onClick={() => (asked.page === undefined ? enterRoot() : onClose())}
            >
              ‹ {t(page.titleKey)}
            </button>
          )}
          <CommandInput
            className="palette-input"
            placeholder={placeholder}
            aria-label={placeholder}
            data-testid="palette-input"
            value={typed}
            onValueChange={type}
            onCompositionEnd={({ currentTarget }) => type(mendFirstLetter(currentTarget.value))}
          />
        </div>
        <CommandList className="palette-list" label={t('palette.results')}>
          {groups.map(({ kind, lines: held }) => (
            <CommandGroup
              key={kind}
              heading={kind === 'choices' ? undefined : t(`palette.${kind}`)}
              value={kind}
            >
              {held.map((line) => (
                <CommandItem
                  key={line.key}
                  value={line.key}
                  className="palette-item"
                  data-line={line.key}
                  onSelect={() => choose(line)}
                >
                  <PaletteItem line={line} />
                </CommandItem>
              ))}
            </CommandGroup>
          ))}
        </CommandList>
        <p className="palette-foot" role="status" data-testid="palette-foot">
          <span className="sr-only">{t('palette.count', { count: lines.length })} </span>
          {footText()}
        </p>
      </CommandRoot>
    </dialog>
  );

  function enterRoot() {
    setPage(undefined);
    type('');
    dialog.current?.querySelector('input')?.focus();
  }
}
