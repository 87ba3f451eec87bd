import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberInput } from '../../../ui/number-input.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Takes it so many steps further; absent while the steps are not known. */
  readonly onStep: ((steps: number) => void) | undefined;
  readonly onFocus?: () => void;
  readonly isWrong?: boolean;
  /** Id of the element that says what is wrong with it. */
  readonly describedBy?: string | undefined;
  /** Stands after the field: its unit. */
  readonly after?: ReactNode;
}

const SHIFT_STEPS = 10;

/**
 * A number as text, with a step down and up at its ends; the arrow keys do the same. Nothing of it changes as the field gets
 * the focus: it would lose its selection, and the next digits would go on instead of replacing it.
 */
export function NumberField(props: NumberFieldProps) {
  const { t } = useTranslation();
  const { label, name, value, onStep, isWrong = false, describedBy } = props;
  const id = useId();
  const step = (direction: number, isTen: boolean) => onStep?.(direction * (isTen ? SHIFT_STEPS : 1));
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
  };
  return (
    <div className="ticket-row">
      <label htmlFor={id}>{label}</label>
      <span className="ticket-number">
        <button
          type="button"
          className="button ticket-step"
          tabIndex={-1}
          disabled={onStep === undefined}
          aria-label={t('ticket.step-down', { field: label })}
          onClick={({ shiftKey }) => step(-1, shiftKey)}
        >
          −
        </button>
        <NumberInput
          id={id}
          className="field"
          value={value}
          title={t('ticket.step-keys')}
          aria-invalid={isWrong}
          aria-describedby={describedBy}
          data-testid={`ticket-${name}`}
          onFocus={props.onFocus}
          onKeyDown={press}
          onChange={props.onChange}
        />
        <button
          type="button"
          className="button ticket-step"
          tabIndex={-1}
          disabled={onStep === undefined}
          aria-label={t('ticket.step-up', { field: label })}
          onClick={({ shiftKey }) => step(1, shiftKey)}
        >
          +
        </button>
        {props.after}
      </span>
    </div>
  );
}
