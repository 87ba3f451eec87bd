import {
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  type InputHTMLAttributes,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { caretIn, isPlainNumber, readEdit, readPasted, showTyped } from './typed-number.ts';

type OwnProps = 'value' | 'onChange' | 'onPaste' | 'onDrop' | 'type' | 'inputMode' | 'defaultValue';

interface NumberInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, OwnProps> {
  /** Plain decimal text; other text is shown as it is. */
  readonly value: string;
  /** Plain decimal text, or what was typed where that is no number: for its owner to refuse, never to guess at. */
  readonly onChange: (text: string) => void;
  /** Numbers below zero are meant too. */
  readonly isSigned?: boolean;
}

/** How much of a refused text is repeated. */
const REPEATED = 24;

/**
 * A number as text, in groups of three while it is typed, the caret where it was. The value is the digits and never passes
 * through a float. What is pasted is cleaned (`₩1,000`, full-width digits); nonsense is refused with words, the value stays.
 */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, isSigned = false, className = 'field form-number', ...rest } = props;
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number>(undefined);
  const [refused, setRefused] = useState<string>();

  useLayoutEffect(() => {
    const place = caret.current;
    caret.current = undefined;
    if (place !== undefined) input.current?.setSelectionRange(place, place);
  });

  const take = (text: string, edited: string, place: number, isForward = false) => {
    caret.current = caretIn(showTyped(text), edited, place, isForward);
    setRefused(undefined);
    onChange(text);
  };
  const edit = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    const { inputType = '', data = null } = nativeEvent as Partial<InputEvent>;
    const place = target.selectionStart ?? target.value.length;
    const read = readEdit({
      shown: target.value,
      caret: place,
      inserted: data,
      isDeletion: inputType.startsWith('delete'),
      wasNumber: isPlainNumber(value, isSigned),
      isSigned,
    });
    take(read.text, target.value, place, inputType.endsWith('Forward'));
  };
  /** Puts a number from elsewhere in place of what is between `from` and `to`, where the whole stays one. */
  const put = (raw: string, from: number, to: number) => {
    const shown = showTyped(value);
    const number = readPasted(raw, isSigned);
    const before = shown.slice(0, from);
    const after = shown.slice(to);
    const whole = `${before}${number ?? ''}${after}`.replaceAll(',', '');
    if (number === undefined || !isPlainNumber(whole, isSigned)) setRefused(raw);
    else take(whole, before + number, from + number.length);
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    event.preventDefault();
    const { selectionStart, selectionEnd, value: shown } = event.currentTarget;
    put(event.clipboardData.getData('text/plain'), selectionStart ?? 0, selectionEnd ?? shown.length);
  };
  const drop = (event: DragEvent<HTMLInputElement>) => {
    event.preventDefault();
    put(event.dataTransfer.getData('text/plain'), 0, event.currentTarget.value.length);
  };
  const described = [rest['aria-describedby'], refused === undefined ? undefined : id]
    .filter(Boolean)
    .join(' ');
  return (
    <span className="number-input">
      <input
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        {...rest}
        ref={input}
        type="text"
        inputMode="decimal"
        className={className}
        value={showTyped(value)}
        aria-describedby={described === '' ? undefined : described}
        onChange={edit}
        onPaste={paste}
        onDrop={drop}
        onBlur={(event) => {
          setRefused(undefined);
          rest.onBlur?.(event);
        }}
      />
      {refused !== undefined && (
        <span id={id} role="alert" className="number-refused">
          {t('number.refused', { text: shortened(refused) })}
        </span>
      )}
    </span>
  );
}

/** One line of it, kept from turning the words around it. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `\u2068${line.length > REPEATED ? `${line.slice(0, REPEATED)}…` : line}\u2069`;
}
