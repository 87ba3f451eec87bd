import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { parseWon } from './parse-won.ts';
import { wonText } from './won-text.ts';

const PRESETS = [1_000_000, 10_000_000, 100_000_000];

/** How much is to be carried over: the executable figures are for this sum. */
export function NotionalBox() {
  const { t } = useTranslation();
  const { premiumChoice } = useDesk();
  const notionalKrw = useStore(premiumChoice, (state) => state.notionalKrw);
  const [typed, setTyped] = useState<string>();
  const shown = wonText(notionalKrw, currentLanguage());
  const wrong = typed !== undefined && typed !== '' && parseWon(typed) === undefined;

  const take = (event?: FormEvent) => {
    event?.preventDefault();
    const sum = typed === undefined ? undefined : parseWon(typed);
    if (sum !== undefined) premiumChoice.setState({ notionalKrw: sum });
    if (sum !== undefined || typed === '') setTyped(undefined);
  };
  return (
    <form className="premium-notional" noValidate onSubmit={take}>
      <label className="premium-notional-label">
        <span className="text-dim">{t('premium.notional')}</span>
        <input
          type="text"
          className="field form-number"
          data-testid="premium-notional"
          title={wrong ? t('premium.notional-wrong') : t('premium.notional-hint')}
          aria-invalid={wrong}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? shown}
          onChange={({ target }) => setTyped(target.value)}
          onFocus={({ target }) => target.select()}
          onBlur={() => take()}
          onKeyDown={({ key }) => {
            if (key === 'Escape') setTyped(undefined);
          }}
        />
        <span className="text-dim">{t('premium.won')}</span>
      </label>
      {wrong && (
        <span role="alert" className="text-bad">
          {t('premium.notional-wrong')}
        </span>
      )}
      {PRESETS.map((sum) => (
        <button
          key={sum}
          type="button"
          className="button"
          aria-pressed={sum === notionalKrw}
          data-preset={sum}
          onClick={() => {
            setTyped(undefined);
            premiumChoice.setState({ notionalKrw: sum });
          }}
        >
          {wonText(sum, currentLanguage())}
        </button>
      ))}
    </form>
  );
}
