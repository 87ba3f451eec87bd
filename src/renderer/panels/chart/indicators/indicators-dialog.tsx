import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog.tsx';
import type { ChartLook } from '../chart-look.ts';
import { InkPicker } from '../ink-picker.tsx';
import { indicatorName } from '../side-legend.ts';
import {
  INDICATOR_KINDS,
  INDICATOR_SHAPES,
  type IndicatorChoice,
  type IndicatorKind,
  type IndicatorNumber,
  MOST_INDICATORS,
  newIndicator,
  numberOf,
  SESSIONS,
  type Session,
} from './indicator-kinds.ts';

interface IndicatorsDialogProps {
  readonly look: ChartLook;
  readonly changeLook: (change: Partial<ChartLook>) => void;
  readonly onClose: () => void;
}

/** The indicators of one chart: added, changed, taken away. Each change shows at once. */
export function IndicatorsDialog({ look, changeLook, onClose }: IndicatorsDialogProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<IndicatorKind>('ema');
  const { indicators } = look;
  const change = (changed: IndicatorChoice) =>
    changeLook({ indicators: indicators.map((one) => (one.id === changed.id ? changed : one)) });
  return (
    <Dialog title={t('chartmenu.indicators')} testId="indicators" onClose={onClose}>
      <form
        className="chart-add"
        onSubmit={(event) => {
          event.preventDefault();
          if (indicators.length >= MOST_INDICATORS) return;
          changeLook({ indicators: [...indicators, newIndicator(kind, indicators)] });
        }}
      >
        <select
          className="field"
          aria-label={t('indicator.kind')}
          value={kind}
          data-testid="indicator-kind"
          onChange={({ target }) => setKind(INDICATOR_KINDS.find((one) => one === target.value) ?? 'ema')}
        >
          {INDICATOR_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`indicator.${one}`)}
            </option>
          ))}
        </select>
        <button
          type="submit"
          className="button"
          data-testid="indicator-add"
          disabled={indicators.length >= MOST_INDICATORS}
        >
          {t('indicator.add')}
        </button>
        {indicators.length >= MOST_INDICATORS && (
          <span className="text-dim">{t('indicator.full', { count: MOST_INDICATORS })}</span>
        )}
      </form>
      {indicators.length === 0 && <p className="text-dim">{t('indicator.none')}</p>}
      <ul className="chart-list">
        {indicators.map((one) => (
          <li key={one.id} data-testid={`edit-${one.id}`}>
            <strong>{indicatorName(one)}</strong>
            {INDICATOR_SHAPES[one.kind].numbers.map((shape) => (
              <NumberField key={shape.name} choice={one} shape={shape} onChange={change} />
            ))}
            {INDICATOR_SHAPES[one.kind].hasSession && (
              <label>
                <span className="text-dim">{t('session.title')}</span>
                <select
                  className="field"
                  value={one.session}
                  data-testid="indicator-session"
                  onChange={({ target }) => change({ ...one, session: target.value as Session })}
                >
                  {SESSIONS.map((session) => (
                    <option key={session} value={session}>
                      {t(`session.${session}-told`)}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <InkPicker ink={one.ink} testId={`ink-${one.id}`} onChoose={(ink) => change({ ...one, ink })} />
            <button
              type="button"
              className="button"
              data-testid={`remove-${one.id}`}
              aria-label={t('indicator.remove', { name: indicatorName(one) })}
              onClick={() => changeLook({ indicators: indicators.filter(({ id }) => id !== one.id) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface NumberFieldProps {
  readonly choice: IndicatorChoice;
  readonly shape: IndicatorNumber;
  readonly onChange: (choice: IndicatorChoice) => void;
}

/** A number as typed: what makes no sense is marked and changes nothing. */
function NumberField({ choice, shape, onChange }: NumberFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => String(numberOf(choice, shape.name)));
  const isGood = (text: string) => {
    const value = Number(text);
    const isWhole = shape.step !== 1 || Number.isInteger(value);
    return text.trim() !== '' && isWhole && value >= shape.least && value <= shape.most;
  };
  return (
    <label>
      <span className="text-dim">{t(`indicatornumber.${shape.name}`)}</span>
      <input
        className="field chart-number"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        aria-invalid={!isGood(typed)}
        title={t('indicator.bounds', { least: shape.least, most: shape.most })}
        data-testid={`number-${shape.name}`}
        onChange={({ target }) => {
          setTyped(target.value);
          if (!isGood(target.value)) return;
          onChange({ ...choice, numbers: { ...choice.numbers, [shape.name]: Number(target.value) } });
        }}
        onBlur={() => setTyped(String(numberOf(choice, shape.name)))}
      />
    </label>
  );
}
