import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { denialText, passesText } from '../../../i18n/order-words.ts';
import { missingFields } from '../../../stores/ticket-form.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { mendOf } from './mend-of.ts';

/** Everything that is wrong with the order at once, each with what would pass. */
export function DenialList({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { instruments, ticket } = useDesk();
  const verdict = useStore(ticket.store, (state) => state.verdict);
  const form = useStore(ticket.store, (state) => state.form);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  // What is not filled in yet is said by the button; that it makes no order need not be said again.
  const isWhole = missingFields(form).length === 0;
  const denials =
    verdict.kind === 'told' ? verdict.view.denials.filter(({ rule }) => isWhole || rule !== 'shape') : [];
  return (
    <div
      id={id}
      role="status"
      aria-label={t('denials.title')}
      className="denials"
      hidden={denials.length === 0}
    >
      <ul>
        {denials.map((denial) => {
          const mend = mendOf(denial, form, about);
          const passes = passesText(denial);
          return (
            <li key={`${denial.rule} ${denial.value}`} data-testid="denial" data-rule={denial.rule}>
              {denialText(denial)}
              {(passes !== undefined || mend !== undefined) && (
                <span className="denial-passes">
                  {passes !== undefined && <strong>{passes}</strong>}
                  {mend !== undefined && (
                    <button
                      type="button"
                      className="button"
                      data-testid="denial-use"
                      onClick={() => ticket.change(mend)}
                    >
                      {passes === undefined ? t('denials.mend') : t('denials.use')}
                    </button>
                  )}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
