import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  DRAWING_KINDS,
  type Drawing,
  type DrawingKind,
  MOST_DRAWING_NAME,
  POINTS_OF,
} from '#shared/domain/drawing.ts';
import { errorText } from '../../../i18n/text-for.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { type ChartSession, newDrawing } from '../chart-session.ts';
import { InkPicker } from '../ink-picker.tsx';
import { fromLocalText, toLocalText } from './local-time-text.ts';

interface DrawingsDialogProps {
  readonly session: ChartSession;
  readonly onClose: () => void;
}

/** Every drawing of the instrument by name, with its values: what the pointer does, without one. */
export function DrawingsDialog({ session, onClose }: DrawingsDialogProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [kind, setKind] = useState<DrawingKind>('horizontal');
  const { drawings, drawingFault } = useStore(session.store);
  const add = () => {
    const { candles } = desk.candles.store.getState().series;
    const newest = candles.at(-1);
    if (newest === undefined) return;
    const older = candles.at(-20) ?? newest;
    const last = { time: newest.openTime, price: newest.close };
    const points = POINTS_OF[kind] === 1 ? [last] : [{ time: older.openTime, price: older.close }, last];
    session.kept?.put(newDrawing(kind, points, drawings.length));
  };
  return (
    <Dialog title={t('chartmenu.list')} testId="drawings" onClose={onClose}>
      <form
        className="chart-add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <select
          className="field"
          aria-label={t('drawing.kind')}
          value={kind}
          data-testid="drawing-kind"
          onChange={({ target }) =>
            setKind(DRAWING_KINDS.find((one) => one === target.value) ?? 'horizontal')
          }
        >
          {DRAWING_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`drawing.${one}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="button" data-testid="drawing-add">
          {t('drawing.add')}
        </button>
      </form>
      {drawingFault !== undefined && <p role="alert">{errorText(drawingFault)}</p>}
      {drawings.length === 0 && <p className="text-dim">{t('drawing.none')}</p>}
      <ul className="chart-list">
        {drawings.map((drawing) => (
          <DrawingRow key={drawing.id} drawing={drawing} session={session} />
        ))}
      </ul>
    </Dialog>
  );
}

function DrawingRow({ drawing, session }: { readonly drawing: Drawing; readonly session: ChartSession }) {
  const { t } = useTranslation();
  const put = (change: Partial<Drawing>) => session.kept?.put({ ...drawing, ...change });
  const name = drawing.name || t(`drawing.${drawing.kind}`);
  return (
    <li data-testid="drawing-row">
      <input
        className="field"
        aria-label={t('drawing.name')}
        maxLength={MOST_DRAWING_NAME}
        defaultValue={drawing.name}
        placeholder={t(`drawing.${drawing.kind}`)}
        onBlur={({ target }) => {
          const typed = target.value.trim();
          if (typed !== drawing.name) put({ name: typed });
        }}
      />
      {drawing.points.map((point, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points are told apart by nothing else.
        <span className="drawing-point" key={index}>
          {drawing.kind !== 'horizontal' && (
            <input
              type="datetime-local"
              className="field"
              aria-label={t('drawing.time', { number: index + 1 })}
              disabled={drawing.locked}
              defaultValue={toLocalText(point.time)}
              key={point.time}
              onBlur={({ target }) => {
                const time = fromLocalText(target.value);
                if (time !== undefined && toLocalText(point.time) !== target.value) {
                  put({ points: drawing.points.with(index, { ...point, time }) });
                }
              }}
            />
          )}
          <input
            className="field chart-price"
            inputMode="decimal"
            aria-label={t('drawing.price', { number: index + 1 })}
            disabled={drawing.locked}
            defaultValue={point.price}
            key={`price ${point.price}`}
            data-testid="drawing-price"
            onBlur={({ target }) => {
              const price = Number(target.value.replaceAll(',', ''));
              const isGood =
                target.value.trim() !== '' && Number.isFinite(price) && price > 0 && price <= 1e15;
              if (!isGood) target.value = String(point.price);
              else if (price !== point.price)
                put({ points: drawing.points.with(index, { ...point, price }) });
            }}
          />
        </span>
      ))}
      <InkPicker ink={drawing.ink} testId="row-ink" onChoose={(ink) => put({ ink })} />
      <label>
        <input type="checkbox" checked={drawing.locked} onChange={() => put({ locked: !drawing.locked })} />
        {t('drawing.lock')}
      </label>
      <label>
        <input type="checkbox" checked={drawing.hidden} onChange={() => put({ hidden: !drawing.hidden })} />
        {t('drawing.hide')}
      </label>
      <button
        type="button"
        className="button"
        disabled={drawing.locked}
        aria-label={t('drawing.remove-one', { name })}
        onClick={() => session.kept?.remove(drawing.id)}
      >
        ×
      </button>
    </li>
  );
}
