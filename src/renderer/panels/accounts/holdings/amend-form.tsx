import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { orderKey } from '#shared/contract/account-views.ts';
import type { Order } from '#shared/domain/order.ts';
import type { OrderChange } from '#shared/domain/order-draft.ts';
import type { ChangeResult } from '../../../stores/order-changes.ts';
import { plainTyped } from '../../../stores/ticket-form.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { changeResultWords, standingText } from '../../changes/change-words.ts';
import { stepDecimal, stepPrice } from '../../trading/step-decimal.ts';
import { NumberField } from '../../trading/ticket/number-field.tsx';

const FIELDS = ['price', 'triggerPrice', 'quantity'] as const;

/** Price, trigger and quantity of a standing order, as far as it has them. What was not touched is not sent. */
export function AmendForm({ order, onClose }: { readonly order: Order; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { instruments, orderChanges } = useDesk();
  // As it stood when this was opened: what the person saw when they began to type.
  const [before] = useState(order);
  const [typed, setTyped] = useState<OrderChange>({});
  const [result, setResult] = useState<ChangeResult>();
  const about = useStore(instruments.store, ({ known }) => known.get(order.instrument));
  const isBusy = useStore(orderChanges.store, ({ busy }) => busy.has(orderKey(order)));
  const change: OrderChange = Object.fromEntries(
    FIELDS.flatMap((field) => {
      const text = typed[field] === undefined ? undefined : plainTyped(typed[field]);
      return text === undefined || text === before[field] ? [] : [[field, text]];
    }),
  );
  const isEmpty = Object.values(change).some((text) => text === '');
  const isReady = Object.keys(change).length > 0 && !isEmpty && !isBusy;
  const words = result && changeResultWords('amend', result, order.account);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    setResult(undefined);
    const answer = await orderChanges.amend({ place: 'orders', order, change });
    if (answer?.kind === 'answered' && answer.answer.verdict === 'accepted') onClose();
    else setResult(answer);
  };
  const step = (field: (typeof FIELDS)[number], value: string) =>
    about &&
    ((steps: number) => {
      const text = plainTyped(value);
      const next =
        field === 'quantity' ? stepDecimal(text, about.quantityStep, steps) : stepPrice(about, text, steps);
      setTyped({ ...typed, [field]: next });
    });
  return (
    <form
      className="form amend-form"
      data-testid="amend-form"
      noValidate
      onSubmit={(event) => void send(event)}
    >
      <p>{standingText(order)}</p>
      {FIELDS.filter((field) => before[field] !== undefined).map((field) => {
        const value = typed[field] ?? before[field] ?? '';
        return (
          <NumberField
            key={field}
            name={`amend-${field}`}
            label={t(`amend.${field}`)}
            value={value}
            onChange={(text) => setTyped({ ...typed, [field]: text })}
            onStep={step(field, value)}
          />
        );
      })}
      <p className="form-hint">{t('holding.amend-hint')}</p>
      {words && (
        <p role="alert" className="text-bad" data-testid="amend-said">
          {words.text}
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('dialog.cancel')}
        </button>
        <button type="submit" className="button button-main" disabled={!isReady} data-testid="amend-send">
          {t('amend.do')}
        </button>
      </div>
    </form>
  );
}
