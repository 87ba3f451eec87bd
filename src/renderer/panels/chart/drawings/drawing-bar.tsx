import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChartSession } from '../chart-session.ts';
import { InkPicker } from '../ink-picker.tsx';

/** What can be done with the drawing that is selected. */
export function DrawingBar({ session }: { readonly session: ChartSession }) {
  const { t } = useTranslation();
  const drawing = useStore(session.store, ({ drawings, selected }) =>
    drawings.find(({ id }) => id === selected),
  );
  if (drawing === undefined) return null;
  const put = (change: Partial<typeof drawing>) => session.kept?.put({ ...drawing, ...change });
  return (
    <div className="drawing-bar" role="group" aria-label={t('drawing.selected')} data-testid="drawing-bar">
      <strong>{drawing.name || t(`drawing.${drawing.kind}`)}</strong>
      <InkPicker ink={drawing.ink} testId="drawing-ink" onChoose={(ink) => put({ ink })} />
      <button
        type="button"
        className="interval"
        aria-pressed={drawing.locked}
        data-testid="drawing-lock"
        onClick={() => put({ locked: !drawing.locked })}
      >
        {t(drawing.locked ? 'drawing.unlock' : 'drawing.lock')}
      </button>
      <button
        type="button"
        className="interval"
        disabled={drawing.locked}
        data-testid="drawing-remove"
        onClick={() => {
          session.kept?.remove(drawing.id);
          session.store.setState({ selected: undefined });
        }}
      >
        {t('drawing.remove')}
      </button>
    </div>
  );
}
