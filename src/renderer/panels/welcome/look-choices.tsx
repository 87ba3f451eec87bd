import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';

const LANGUAGES = ['en', 'ko', 'system'] as const;
const THEMES = ['dark', 'light', 'system'] as const;
const DIRECTIONS = ['western', 'korean', 'colour-blind', 'inverted'] as const;

/** What nobody should have to look for: language, theme, and which colour is up. Each takes effect at once. */
export function LookChoices() {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const { language, theme, directionColours } = useStore(settings.store);
  return (
    <div className="settings" data-testid="look-choices">
      <Choice
        name="welcome-language"
        legend={t('settings.language')}
        value={language}
        options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChoose={(value) => settings.change({ language: value })}
      />
      <Choice
        name="welcome-theme"
        legend={t('settings.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChoose={(value) => settings.change({ theme: value })}
      />
      <Choice
        name="welcome-colours"
        legend={t('settings.colours')}
        value={directionColours}
        options={DIRECTIONS.map((value) => ({ value, label: t(`colours.${value}`) }))}
        onChoose={(value) => settings.change({ directionColours: value })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ name, legend, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div className="choice-row">
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
