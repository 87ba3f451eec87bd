import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { Trust } from '#shared/domain/order-check.ts';
import { trustMeaning, trustText } from '../../../i18n/order-words.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { orderText } from '../orders/order-text.ts';

interface OverrideDialogProps {
  readonly trust: Extract<Trust, { kind: 'blocked' }>;
  readonly isStepAllowed: boolean;
  readonly onClose: () => void;
}

/** The second, deliberate step over one failing proof. Another proof that fails meanwhile is not stepped over with it. */
export function OverrideDialog({ trust, isStepAllowed, onClose }: OverrideDialogProps) {
  const { t } = useTranslation();
  const { instruments, ticket } = useDesk();
  const [isSure, setSure] = useState(false);
  const [reason] = useState(trust.reason);
  const verdict = useStore(ticket.store, (state) => state.verdict);
  const request = verdict.kind === 'told' ? verdict.view.request : undefined;
  const about = useStore(instruments.store, ({ known }) => request && known.get(request.instrument));
  const isSame = trust.reason === reason && isStepAllowed && request !== undefined;
  const place = () => {
    void ticket.place(reason);
    onClose();
  };
  return (
    <Dialog title={t('override.title')} testId="override" onClose={onClose}>
      <dl className="override-facts">
        <dt>{t('override.fails')}</dt>
        <dd className="text-bad">{trustText(trust)}</dd>
        <dt>{t('override.means')}</dt>
        <dd>{trustMeaning(trust)}</dd>
        <dt>{t('override.order')}</dt>
        <dd>
          {request && (
            <>
              <strong className="side-word" data-side={request.side}>
                {t(`ticket.${request.side}`)}
              </strong>{' '}
              {instrumentName(request.instrument)} · {orderText(request, about)}
            </>
          )}
        </dd>
      </dl>
      <label className="form-check">
        <input
          type="checkbox"
          checked={isSure}
          data-testid="override-sure"
          onChange={({ target }) => setSure(target.checked)}
        />
        <span>{t('override.sure')}</span>
      </label>
      <p className="text-dim">{t('override.noted')}</p>
      <p role="status" className="text-warn" hidden={isSame}>
        {isSame ? '' : t('override.changed')}
      </p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('override.leave')}
        </button>
        <button
          type="button"
          className="button button-bad"
          disabled={!isSure || !isSame}
          data-testid="override-place"
          onClick={({ detail }) => detail <= 1 && place()}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
        >
          {t('override.place')}
        </button>
      </div>
    </Dialog>
  );
}
