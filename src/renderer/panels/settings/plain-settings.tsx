import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import type {
  AddressSetting as AddressField,
  ChoiceSetting as ChoiceField,
  SwitchSetting as SwitchField,
} from './setting-fields.ts';
import { SettingRow } from './setting-row.tsx';
import { valueAt } from './setting-value.ts';
import { valueText } from './setting-words.ts';
import { useSettingsPage } from './settings-context.ts';

/** One of several. */
export function ChoiceSetting({ field }: { readonly field: ChoiceField }) {
  const { settings } = useDesk();
  const { write } = useSettingsPage();
  const id = useId();
  const held = useStore(settings.store, (state) => String(valueAt(state, field.id)));
  return (
    <SettingRow field={field} controlId={id}>
      <select
        id={id}
        className="field"
        aria-describedby={`${id}-means`}
        value={held}
        data-testid={`setting-${field.id}`}
        onChange={({ target }) => write([[field.id, target.value]])}
      >
        {field.options.map((option) => (
          <option key={option} value={option}>
            {valueText(option, field)}
          </option>
        ))}
      </select>
    </SettingRow>
  );
}

/** On or off. What nobody has touched has nothing of its own, and is off. */
export function SwitchSetting({ field }: { readonly field: SwitchField }) {
  const { settings } = useDesk();
  const { write } = useSettingsPage();
  const id = useId();
  const isOn = useStore(settings.store, (state) => valueAt(state, field.id) === true);
  return (
    <SettingRow field={field} controlId={id}>
      <input
        id={id}
        type="checkbox"
        className="setting-check"
        aria-describedby={`${id}-means`}
        checked={isOn}
        data-testid={`setting-${field.id}`}
        onChange={({ target }) => write([[field.id, target.checked]])}
      />
    </SettingRow>
  );
}

const MOST_ADDRESS = 500;

/** A web address, or none. */
export function AddressSetting({ field }: { readonly field: AddressField }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { write } = useSettingsPage();
  const id = useId();
  const held = useStore(settings.store, (state) => String(valueAt(state, field.id) ?? ''));
  const [typed, setTyped] = useState<string>();
  const [isRefused, setRefused] = useState(false);
  const end = () => {
    setTyped(undefined);
    setRefused(false);
  };
  const take = () => {
    if (typed === undefined) return;
    const address = typed.trim();
    if (!isAddress(address)) {
      setRefused(true);
      return;
    }
    if (address !== held) write([[field.id, address]]);
    end();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || typed === undefined) return;
    if (event.key === 'Enter') take();
    else if (event.key === 'Escape') end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <SettingRow
      field={field}
      controlId={id}
      hint={
        <p className="setting-refused" id={`${id}-refused`} role="status">
          {isRefused && t('settingrefused.address')}
        </p>
      }
    >
      <input
        id={id}
        type="text"
        inputMode="url"
        className="field setting-address"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-means ${id}-refused`}
        aria-invalid={isRefused}
        value={typed ?? held}
        data-testid={`setting-${field.id}`}
        onChange={({ target }) => {
          setTyped(target.value);
          setRefused(false);
        }}
        onKeyDown={press}
        onBlur={take}
      />
    </SettingRow>
  );
}

function isAddress(text: string): boolean {
  if (text === '') return true;
  if (text.length > MOST_ADDRESS || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}
