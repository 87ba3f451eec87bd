import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { matchInstruments } from '../top-bar/match-instruments.ts';

interface RowProps {
  readonly label: string;
  readonly hint?: string;
  /** Draws the control under the id its label names. */
  readonly children: (id: string) => ReactNode;
}

function FormRow({ label, hint, children }: RowProps) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>
        {label}
        {hint !== undefined && <small className="form-hint">{hint}</small>}
      </label>
      {children(id)}
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

export function ChoiceRow<Value extends string>({
  label,
  testId,
  value,
  options,
  onChoose,
}: ChoiceProps<Value>) {
  return (
    <FormRow label={label}>
      {(id) => (
        <select
          id={id}
          className="field"
          data-testid={testId}
          value={options.some((option) => option.value === value) ? value : options[0]?.value}
          onChange={({ target }) => onChoose(target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FormRow>
  );
}

interface TextProps {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly isNumber?: boolean;
  readonly hint?: string;
  readonly list?: string;
  readonly onType: (value: string) => void;
}

export function TextRow({ label, testId, value, isNumber = false, hint, list, onType }: TextProps) {
  return (
    <FormRow label={label} {...(hint !== undefined && { hint })}>
      {(id) => (
        <input
          id={id}
          className={isNumber ? 'field form-number' : 'field'}
          data-testid={testId}
          value={value}
          list={list}
          inputMode={isNumber ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </FormRow>
  );
}

const MOST_OFFERED = 20;

interface InstrumentProps extends Pick<TextProps, 'label' | 'testId' | 'value' | 'onType'> {
  readonly quote?: string;
}

/** An instrument by its id; what is typed (a coin, its Korean name, first consonants) is offered as one. */
export function InstrumentRow({ quote, ...text }: InstrumentProps) {
  const { instruments } = useDesk();
  const id = useId();
  const known = useStore(instruments.store, (state) => state.known);
  const all = [...known.values()].filter((one) => quote === undefined || one.quote === quote);
  const typed = text.value.slice(text.value.indexOf(':') + 1);
  const offered = matchInstruments(all, typed, MOST_OFFERED);
  return (
    <>
      <TextRow {...text} list={id} />
      <datalist id={id}>
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {`${one.names?.ko ?? ''} ${instrumentName(one.id)} ${venueOf(one.id)}`}
          </option>
        ))}
      </datalist>
    </>
  );
}
