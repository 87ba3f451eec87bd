import { useTranslation } from 'react-i18next';
import { plainNumber } from '#shared/base/decimal.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { boundsOf, LIMIT_FIELDS, type LimitField, limitOf, type TypedLimits } from './limits-form.ts';

interface LimitFieldsProps {
  readonly typed: TypedLimits;
  /** What holds where a field is left empty; absent: none may be. */
  readonly inherited: TradingLimits | undefined;
  readonly wrong: readonly LimitField[];
  readonly onType: (field: LimitField, text: string) => void;
}

/** One field for each limit, with what it means and what it may be. */
export function LimitFields({ typed, inherited, wrong, onType }: LimitFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className="limit-fields">
      {LIMIT_FIELDS.map((field) => {
        const { least, most, unit } = boundsOf(field);
        const [name = field, currency] = field.split('.');
        const held = inherited && limitOf(inherited, field);
        const bounds = t('limits.between', {
          least: formatExact(plainNumber(least)),
          most: formatExact(plainNumber(most)),
        });
        const isWrong = wrong.includes(field);
        return (
          <label key={field} className="form-row" title={t(`limits.${name as 'collarPercent'}-means`)}>
            <span>
              {t(`limits.${name as 'collarPercent'}`)}
              {currency === undefined ? '' : ` ${currency}`}
              <span className={`form-hint ${isWrong ? 'text-bad' : ''}`} id={`limits-${field}-hint`}>
                {isWrong ? bounds : t(`limits.${name as 'collarPercent'}-means`)}
              </span>
            </span>
            <span className="limit-value">
              <NumberInput
                aria-describedby={`limits-${field}-hint`}
                aria-invalid={isWrong}
                placeholder={held === undefined ? undefined : formatExact(plainNumber(held))}
                value={typed[field]}
                data-testid={`limits-${field}`}
                onChange={(text) => onType(field, text)}
              />
              <span className="text-dim">{unit}</span>
            </span>
          </label>
        );
      })}
    </div>
  );
}
