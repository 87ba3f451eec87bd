import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type ChartLook, MOST_COMPARED } from './chart-look.ts';

interface CompareDialogProps {
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
  readonly onClose: () => void;
}

const MOST_FOUND = 40;

/** Up to four other instruments, as percent lines over the chart. */
export function CompareDialog({ look, changeLook, onClose }: CompareDialogProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const known = useStore(desk.instruments.store, (state) => state.known);
  const own = useStore(desk.focus.store, (state) => state.instrument);
  const [typed, setTyped] = useState('');
  const words = typed.toUpperCase().split(/\s+/).filter(Boolean);
  const isFull = look.compare.length >= MOST_COMPARED;
  const found = [...known.values()]
    .filter(({ id, names }) => {
      if (id === own || look.compare.includes(id)) return false;
      const text = `${id} ${names?.ko ?? ''} ${names?.en ?? ''}`.toUpperCase();
      return words.every((word) => text.includes(word));
    })
    .slice(0, MOST_FOUND);
  const add = (instrument: InstrumentId) => {
    // The lines mean nothing in prices: with the first of them the scale tells percents.
    const scale = look.compare.length === 0 ? ({ scale: 'percent' } as const) : {};
    changeLook({ compare: [...look.compare, instrument], ...scale });
  };
  return (
    <Dialog title={t('chartmenu.compare')} testId="compare" onClose={onClose}>
      <ul className="chart-list">
        {look.compare.map((instrument) => (
          <li key={instrument}>
            <strong>{instrumentName(instrument)}</strong>
            <span className="text-dim">{venueOf(instrument)}</span>
            <button
              type="button"
              className="button"
              aria-label={t('compare.remove', { name: instrumentName(instrument) })}
              onClick={() => changeLook({ compare: look.compare.filter((one) => one !== instrument) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {isFull && <p className="text-dim">{t('compare.full', { count: MOST_COMPARED })}</p>}
      <input
        className="field"
        type="search"
        aria-label={t('compare.search')}
        placeholder={t('compare.search')}
        value={typed}
        data-testid="compare-search"
        onChange={({ target }) => setTyped(target.value)}
      />
      {found.length === 0 && <p className="text-dim">{t('compare.none', { typed })}</p>}
      <ul className="chart-found">
        {found.map(({ id }) => (
          <li key={id}>
            <button
              type="button"
              className="button"
              disabled={isFull}
              data-testid={`compare-add-${id}`}
              onClick={() => add(id)}
            >
              {instrumentName(id)} <span className="text-dim">{venueOf(id)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
