import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { plainNumber } from '#shared/base/decimal.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { type ReadSetting, readSetting, showSetting } from './read-setting.ts';
import type { NumberSetting as Field } from './setting-fields.ts';
import { SettingRow } from './setting-row.tsx';
import { type SettingValue, valueAt } from './setting-value.ts';
import { numberText, unitText } from './setting-words.ts';
import { useSettingsPage } from './settings-context.ts';

type Refusal = Extract<ReadSetting, { readonly kind: 'refused' }>['why'];

/** How much of a refused text is repeated. */
const REPEATED = 24;

/**
 * A number with its unit and bounds. Kept when the field is left or Enter is pressed, if it is one and within them; else
 * it stays standing with the reason, and the value that holds is named.
 */
export function NumberSetting({ field }: { readonly field: Field }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { write } = useSettingsPage();
  const id = useId();
  const held = useStore(settings.store, (state) => numberOf(valueAt(state, field.id)));
  const inherited = useStore(settings.store, (state) =>
    field.inherits === undefined ? undefined : numberOf(valueAt(state, field.inherits)),
  );
  // What is typed is about the value it was typed over: a reset or another window's change ends it.
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: number | undefined }>();
  const [refused, setRefused] = useState<{ readonly why: Refusal; readonly text: string }>();
  const isTyping = typed !== undefined && typed.over === held;
  const shownHeld = held === undefined ? '' : plainNumber(showSetting(held, field));
  const refusal = isTyping ? refused : undefined;

  const end = () => {
    setTyped(undefined);
    setRefused(undefined);
  };
  const take = (text: string) => {
    const read = readSetting(text, field);
    switch (read.kind) {
      case 'refused':
        setRefused({ why: read.why, text });
        return;
      case 'inherited':
        if (held !== undefined) write([[field.id, undefined]]);
        break;
      case 'number':
        if (read.value !== held) write([[field.id, read.value]]);
        break;
    }
    end();
  };
  const step = (by: number) => {
    const size =
      field.whole && field.scale === 1 ? 1 : field.unit === 'percent' || field.unit === 'seconds' ? 1 : 0.1;
    const from = showSetting(held ?? inherited ?? field.least, field);
    const [least, most] = [showSetting(field.least, field), showSetting(field.most, field)];
    take(plainNumber(Number(Math.min(most, Math.max(least, from + by * size)).toPrecision(12))));
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && isTyping) take(typed.text);
    else if (event.key === 'Escape' && isTyping) end();
    else if (event.key === 'ArrowUp' && !isTyping) step(1);
    else if (event.key === 'ArrowDown' && !isTyping) step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [least, most] = [numberText(field.least, field), numberText(field.most, field)];
  const kept = held ?? inherited;
  return (
    <SettingRow
      field={field}
      controlId={id}
      hint={
        <>
          <p className="setting-means" id={`${id}-bounds`}>
            {t('settingspage.bounds', { least, most })}
          </p>
          <p
            className="setting-refused"
            id={`${id}-refused`}
            role="status"
            data-testid={`setting-refused-${field.id}`}
          >
            {refusal !== undefined &&
              t(`settingrefused.${refusal.why}`, {
                text: shortened(refusal.text),
                least,
                most,
                held: kept === undefined ? '' : numberText(kept, field),
              })}
          </p>
        </>
      }
    >
      <NumberInput
        id={id}
        value={isTyping ? typed.text : shownHeld}
        placeholder={inherited === undefined ? undefined : plainNumber(showSetting(inherited, field))}
        aria-describedby={`${id}-means ${id}-bounds ${id}-refused`}
        aria-invalid={refusal !== undefined}
        data-testid={`setting-${field.id}`}
        onChange={(text) => {
          setTyped({ text, over: held });
          setRefused(undefined);
        }}
        onKeyDown={press}
        onBlur={() => {
          if (isTyping) take(typed.text);
        }}
      />
      <span className="setting-unit">{unitText(field)}</span>
    </SettingRow>
  );
}

function numberOf(value: SettingValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** One line of it, kept from turning the words around it. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `\u2068${line.length > REPEATED ? `${line.slice(0, REPEATED)}…` : line}\u2069`;
}
