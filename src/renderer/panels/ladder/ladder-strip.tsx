import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { denialText, passesText, trustMeaning, trustText } from '../../i18n/order-words.ts';
import { errorText } from '../../i18n/text-for.ts';
import { type LadderAsk, mayLeave } from '../../stores/ladder.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatExact } from '../../ui/format-exact.ts';
import { ChangeLine } from '../changes/change-line.tsx';
import { ConfirmStrip } from '../changes/confirm-strip.tsx';
import { SaidBox } from '../changes/said-box.tsx';
import { useForgotten } from '../changes/use-forgotten.ts';
import { OutcomeBox } from '../trading/ticket/outcome-line.tsx';

/** What waits for its confirmation, why nothing left, or what came of the last click. */
export function LadderStrip() {
  const { t } = useTranslation();
  const { ladder, ticket } = useDesk();
  const { asked, isPlacing, outcome, refusal } = useStore(ladder.store);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const isFine =
    outcome?.kind === 'answered' && outcome.answer.kind === 'placed' && outcome.answer.order.state === 'open';
  useForgotten(isFine, outcome, ladder.forget);
  return (
    <div className="ladder-strip">
      {asked && (
        <ConfirmStrip
          key={`${asked.draft.side} ${asked.draft.price} ${asked.draft.triggerPrice}`}
          label={t('ladder.confirm')}
          testId="ladder-confirm"
          doLabel={t(asked.draft.side === 'buy' ? 'ladder.place-buy' : 'ladder.place-sell')}
          side={asked.draft.side}
          isReady={mayLeave(asked)}
          onDo={() => void ladder.confirm()}
          onDrop={ladder.drop}
        >
          <AskedOrder asked={asked} />
        </ConfirmStrip>
      )}
      <div role="status" className="outcome-region">
        {isPlacing && <p className="ladder-placing">{t('gate.placing')}</p>}
        {refusal && (
          <SaidBox tone="bad" testId="ladder-refusal" onForget={ladder.forget}>
            <p>{t(`clickrefused.${refusal.kind}`)}</p>
            {refusal.kind === 'stale' && <p className="text-dim">{refusal.why}</p>}
          </SaidBox>
        )}
      </div>
      {outcome && <OutcomeBox outcome={outcome} instrument={instrument} onForget={ladder.forget} />}
      <ChangeLine place="ladder" />
    </div>
  );
}

/** The order as it would leave by the engine's word; before that, as it was clicked. */
function AskedOrder({ asked: { draft, verdict } }: { readonly asked: LadderAsk }) {
  const { t } = useTranslation();
  const view = verdict.kind === 'told' ? verdict.view : undefined;
  const { trust, denials = [], request, estimate } = view ?? {};
  const unit = draft.quantity.unit === 'percent' ? ' %' : '';
  const price = request?.price ?? draft.price;
  const trigger = request?.triggerPrice ?? draft.triggerPrice;
  return (
    <>
      <p data-testid="ladder-order">
        <strong className="side-word" data-side={draft.side}>
          {t(`ticket.${draft.side}`)}
        </strong>{' '}
        <strong>
          {request ? formatExact(request.quantity) : `${draft.quantity.value}${unit}`}
          {price === undefined ? '' : ` @ ${formatExact(price)}`}
          {trigger === undefined ? '' : ` · ${t('ticket.trigger')} ${formatExact(trigger)}`}
        </strong>{' '}
        {t(`ordertype.${draft.type}`)} <Terms draft={draft} />
      </p>
      {estimate?.notional !== undefined && (
        <p className="text-dim">
          {t('figure.notional')} {formatExact(estimate.notional)}
          {estimate.fee === undefined
            ? ''
            : ` · ${t('figure.fee')} ${formatExact(estimate.fee)} ${estimate.feeCurrency ?? ''}`}
        </p>
      )}
      {verdict.kind === 'asking' && <p className="text-dim">{t('gate.asking')}</p>}
      {verdict.kind === 'refused' && <p className="text-bad">{errorText(verdict.error)}</p>}
      {trust?.kind === 'blocked' && (
        <p className="text-bad" data-testid="ladder-blocked">
          {trustText(trust)} {trustMeaning(trust)} {trust.canOverride ? t('ladder.override') : ''}
        </p>
      )}
      {denials.map((denial) => (
        <p key={`${denial.rule} ${denial.value}`} className="text-bad" data-testid="ladder-denial">
          {denialText(denial)} {passesText(denial)}
        </p>
      ))}
      {view?.isReal === true && <p className="text-money">{t('money.real')}</p>}
    </>
  );
}

function Terms({ draft }: { readonly draft: LadderAsk['draft'] }) {
  const { t } = useTranslation();
  const words = [
    ...(draft.postOnly ? [t('ticket.post-only')] : []),
    ...(draft.reduceOnly ? [t('ticket.reduce-only')] : []),
  ];
  return <span className="text-dim">{words.join(' · ')}</span>;
}
