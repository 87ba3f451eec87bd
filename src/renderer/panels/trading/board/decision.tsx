import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';

/** Where no proof can be had: the two ways to take it, each with what follows, and a button of its own. */
export function Decision({ clientOrderId }: { readonly clientOrderId: string }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [choice, setChoice] = useState<'placed' | 'absent'>();
  const settle = () =>
    ask(() => client.request('orders.settle', { clientOrderId, isPlaced: choice === 'placed' }));
  return (
    <fieldset className="decision" data-testid="decision">
      <legend>{t('board.decide')}</legend>
      {(['placed', 'absent'] as const).map((one) => (
        <label key={one} className="form-check">
          <input
            type="radio"
            name={`decision-${clientOrderId}`}
            checked={choice === one}
            data-testid={`decide-${one}`}
            onChange={() => setChoice(one)}
          />
          <span>
            {t(`board.${one}`)}
            <span className="form-hint">{t(`board.${one}-means`)}</span>
          </span>
        </label>
      ))}
      <button
        type="button"
        className="button button-bad"
        disabled={busy || choice === undefined}
        data-testid="decide"
        onClick={settle}
      >
        {t('board.settle')}
      </button>
    </fieldset>
  );
}
