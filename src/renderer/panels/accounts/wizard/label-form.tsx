import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';

interface LabelFormProps {
  readonly venue: VenueId;
  readonly name: string;
  readonly busy: boolean;
  readonly onLabel: (label: string) => void;
}

/** What the account is to be called; a free name is there already. */
export function LabelForm({ venue, name, busy, onLabel }: LabelFormProps) {
  const { t } = useTranslation();
  const { holdings } = useDesk();
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? [];
  const [typed, setTyped] = useState<string>();
  const label = typed ?? freeLabel(name, accounts, venue);
  const isTaken = accounts.some((one) => one.label === label.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() !== '') onLabel(label.trim());
  };
  return (
    <form className="form" onSubmit={submit} data-testid="label-form">
      <label className="form-row">
        <span>
          {t('wizard.label')}
          <span className="form-hint">{t(isTaken ? 'wizard.label-taken' : 'wizard.label-hint')}</span>
        </span>
        <input
          type="text"
          className="field"
          maxLength={40}
          autoComplete="off"
          data-testid="label"
          value={label}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      <div className="dialog-actions">
        <button
          type="submit"
          className="button button-main"
          disabled={busy || label.trim() === ''}
          data-testid="add-send"
        >
          {busy ? t('wizard.adding') : t('wizard.add')}
        </button>
      </div>
    </form>
  );
}

/** `Bybit`, then `Bybit 2`, and so on. */
function freeLabel(
  name: string,
  accounts: readonly { readonly venue: VenueId; readonly label: string }[],
  venue: VenueId,
): string {
  const taken = new Set(accounts.map(({ label }) => label));
  const count = accounts.filter((one) => one.venue === venue).length;
  for (let number = count + 1; ; number += 1) {
    const label = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(label)) return label;
  }
}
