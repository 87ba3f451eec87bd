import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { ChangePlace } from '../../stores/order-changes.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { amendText, changeResultWords, standingText } from './change-words.ts';
import { ConfirmStrip } from './confirm-strip.tsx';
import { SaidBox } from './said-box.tsx';
import { useForgotten } from './use-forgotten.ts';

/** An amendment that waits for its confirmation, and then what came of it: where it was asked for. */
export function ChangeLine({ place }: { readonly place: ChangePlace }) {
  const { t } = useTranslation();
  const { orderChanges } = useDesk();
  const asked = useStore(orderChanges.store, (state) => state.asked);
  const done = useStore(orderChanges.store, (state) => state.done);
  const shown = done?.place === place ? done : undefined;
  const words = shown && changeResultWords(shown.what, shown.result, shown.order.account);
  useForgotten(words?.tone === 'good', done, orderChanges.forget);
  return (
    <>
      {asked?.place === place && (
        <ConfirmStrip
          label={t('amend.confirm')}
          testId="amend-strip"
          doLabel={t('amend.do')}
          side={asked.order.side}
          isReady
          onDo={() => void orderChanges.amend(asked)}
          onDrop={orderChanges.drop}
        >
          <p>
            <strong>{instrumentName(asked.order.instrument)}</strong> {standingText(asked.order)}
          </p>
          <p data-testid="amend-what">{amendText(asked.order, asked.change)}</p>
        </ConfirmStrip>
      )}
      <div role="status" className="outcome-region">
        {shown && words && (
          <SaidBox tone={words.tone} testId="change-said" onForget={orderChanges.forget}>
            <p>
              <strong>{t(`amend.was-${shown.what}`)}</strong> {standingText(shown.order)}
            </p>
            {shown.change && <p>{amendText(shown.order, shown.change)}</p>}
            <p>{words.text}</p>
          </SaidBox>
        )}
      </div>
    </>
  );
}
