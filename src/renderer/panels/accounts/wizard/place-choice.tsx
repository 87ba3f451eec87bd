import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import type { Environment } from '#shared/domain/account.ts';

type Offered = AccountsView['offered'][number];

interface PlaceChoiceProps {
  readonly offered: readonly Offered[];
  readonly place: Offered | undefined;
  readonly environment: Environment | undefined;
  readonly onPlace: (place: Offered) => void;
  readonly onEnvironment: (environment: Environment) => void;
}

/** Which venue's key, and of which of its worlds: a key of one is refused by every other. */
export function PlaceChoice({ offered, place, environment, onPlace, onEnvironment }: PlaceChoiceProps) {
  const { t } = useTranslation();
  return (
    <div className="places">
      <fieldset className="choice">
        <legend>{t('wizard.venue')}</legend>
        <div className="choice-row">
          {offered.map((one) => (
            <label key={one.venue} className="choice-option">
              <input
                type="radio"
                name="venue"
                value={one.venue}
                checked={one.venue === place?.venue}
                onChange={() => onPlace(one)}
              />
              <span>{one.name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {place && (
        <fieldset className="choice">
          <legend>{t('wizard.environment')}</legend>
          <div className="choice-row">
            {place.environments.map((one) => (
              <label key={one} className="choice-option">
                <input
                  type="radio"
                  name="environment"
                  value={one}
                  checked={one === environment}
                  onChange={() => onEnvironment(one)}
                />
                <span data-environment={one}>{t(`environment.${one}`)}</span>
              </label>
            ))}
          </div>
          {environment && <p className="form-hint">{t(`environment.${environment}-means`)}</p>}
        </fieldset>
      )}
    </div>
  );
}
