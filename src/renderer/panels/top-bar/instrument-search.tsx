import {
  memo,
  type KeyboardEvent as ReactKeyboardEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Instrument, type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { toggleWatched } from '../../commands/market-commands.ts';
import { offerAct } from '../../commands/offers.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { errorText } from '../../i18n/text-for.ts';
import { coinName } from '../../ui/coin-name.ts';
import { mendFirstLetter } from '../../ui/compose-hangul.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { useKeysOf } from '../commands/use-keys.ts';
import { matchInstruments } from './match-instruments.ts';

const SHOWN = 50;

/** Finds an instrument by name: opens on any letter typed outside a field. */
export function InstrumentSearch() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { instruments, app, settings } = desk;
  const { known, error } = useStore(instruments.store);
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [cursor, setCursor] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const keys = useKeysOf('general.search');

  // A letter typed anywhere comes here: the focus moves before its character is inserted, so the first one is not lost.
  useEffect(
    () =>
      offerAct('search', () => {
        input.current?.focus();
        input.current?.select();
      }),
    [],
  );

  // The letter stands at once; the list may take a frame longer on a desk that is busy.
  const listed = useDeferredValue(typed);
  const shown = useMemo(
    () => (open ? matchInstruments(known.values(), mendFirstLetter(listed), SHOWN) : []),
    [open, known, listed],
  );
  const at = Math.min(cursor, shown.length - 1);

  const close = useCallback(() => {
    setOpen(false);
    setTyped('');
    setCursor(0);
    input.current?.blur();
  }, []);
  const choose = useCallback(
    (instrument: Instrument | undefined) => {
      if (instrument === undefined) return;
      settings.change({ selected: instrument.id });
      close();
    },
    [settings, close],
  );
  const watch = useCallback((id: InstrumentId) => toggleWatched(desk, id), [desk]);
  /** What a key means, it means of what is typed now, also before the list has followed. */
  const found = () =>
    listed === typed ? shown : matchInstruments(known.values(), mendFirstLetter(typed), SHOWN);
  const pointed = () => {
    const list = found();
    return list[Math.min(cursor, list.length - 1)];
  };
  const handleKey = (event: ReactKeyboardEvent) => {
    if (event.nativeEvent.isComposing && event.key !== 'Enter') return;
    if (event.key === 'ArrowDown') setCursor(Math.min(at + 1, found().length - 1));
    else if (event.key === 'ArrowUp') setCursor(Math.max(at - 1, 0));
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.shiftKey) {
      const instrument = pointed();
      if (instrument) watch(instrument.id);
    } else if (event.key === 'Enter') choose(pointed());
    else return;
    event.preventDefault();
  };

  const footText = () => {
    if (shown.length > 0) return t('search.hint');
    if (known.size > 0) return t('search.nothing', { typed: listed });
    return error ? t('search.unavailable', { why: errorText(error) }) : t('search.loading');
  };

  return (
    <div className="search" data-open={open || undefined}>
      <input
        ref={input}
        type="text"
        role="combobox"
        className="field w-full"
        data-testid="instrument-search"
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setTyped(event.target.value);
          setCursor(0);
          setOpen(true);
        }}
        // What the input method wrote after a first letter that came without it is one word with it.
        onCompositionEnd={({ currentTarget }) => setTyped(mendFirstLetter(currentTarget.value))}
        onKeyDown={handleKey}
      />
      {keys !== undefined && <kbd className="search-key">{keys}</kbd>}
      <div className="search-results" hidden={!open}>
        <div id={listId} role="listbox" aria-label={t('search.results')} className="overflow-y-auto">
          {shown.map((instrument, index) => (
            <Result
              key={instrument.id}
              id={`${listId}-${index}`}
              instrument={instrument}
              venue={app.venues.find((venue) => venue.id === instrument.venue)?.name ?? instrument.venue}
              active={index === at}
              watched={watchlist.includes(instrument.id)}
              onChoose={choose}
              onWatch={watch}
            />
          ))}
        </div>
        <p className="search-foot" role="status" data-testid="search-foot">
          {footText()}
        </p>
      </div>
    </div>
  );
}

interface ResultProps {
  readonly id: string;
  readonly instrument: Instrument;
  readonly venue: string;
  readonly active: boolean;
  readonly watched: boolean;
  readonly onChoose: (instrument: Instrument) => void;
  readonly onWatch: (instrument: InstrumentId) => void;
}

const Result = memo(function Result(props: ResultProps) {
  const { id, instrument, venue, active, watched, onChoose, onWatch } = props;
  const { t } = useTranslation();
  const coin = coinName(instrument, currentLanguage());
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // The keys are the input's, which keeps the focus; an option is only ever clicked.
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      className="search-result"
      data-instrument={instrument.id}
      // Before the input loses the focus, which would close the list under the pointer.
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose(instrument);
      }}
    >
      <span className="font-semibold">{instrumentName(instrument.id)}</span>
      <span className="text-dim">{venue}</span>
      {coin !== undefined && <span className="text-dim truncate">{coin}</span>}
      <StandingMark instrument={instrument.id} />
      <span
        className="search-watch"
        title={watched ? t('watchlist.remove') : t('watchlist.add')}
        onPointerDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onWatch(instrument.id);
        }}
      >
        {watched ? t('search.watched') : t('search.watch')}
      </span>
    </div>
  );
});
