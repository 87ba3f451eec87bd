import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PremiumView } from '#shared/domain/premium.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { NumberInput } from '../../ui/number-input.tsx';
import { useAsk } from '../../ui/use-ask.ts';
import { isFarOff, parseRate } from './parse-rate.ts';

/** A rate of one's own, or back to the source. One far from every dollar price known has to be pressed twice. */
export function FxForm({ view, onDone }: { readonly view: PremiumView; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [typed, setTyped] = useState('');
  const [said, setSaid] = useState<'wrong' | 'far'>();

  const known = [...Object.values(view.krwPerUsdt), view.fx.krwPerUsd];

  const write = (krwPerUsd: number | null) =>
    ask(async () => {
      await client.request('fx.write', { krwPerUsd });
      onDone();
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rate = parseRate(typed);
    if (rate === undefined) setSaid('wrong');
    else if (said !== 'far' && isFarOff(rate, known)) setSaid('far');
    else write(rate);
  };
  return (
    <form className="form fx-form" noValidate onSubmit={submit} data-testid="fx-form">
      <label className="form-row">
        <span>
          {t('fx.label')}
          <span className="form-hint" id="fx-hint">
            {t('fx.hint')}
          </span>
        </span>
        <NumberInput
          aria-describedby="fx-hint"
          aria-invalid={said !== undefined}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setSaid(undefined);
          }}
        />
      </label>
      {said !== undefined && (
        <p className={said === 'far' ? 'text-warn' : 'text-bad'} role="alert">
          {t(`fx.${said}`)}
        </p>
      )}
      <div className="dialog-actions">
        {view.fx.source === 'typed' && (
          <button type="button" className="button" disabled={busy} onClick={() => write(null)}>
            {t('fx.clear')}
          </button>
        )}
        <button type="submit" className="button button-main" disabled={busy}>
          {said === 'far' ? t('fx.use-anyway') : t('fx.use')}
        </button>
      </div>
    </form>
  );
}
