import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Settings } from '#shared/contract/settings.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Popover } from '../../ui/popover.tsx';
import { TradingSettingsDoor } from '../trading-settings-door.tsx';
import { connectExchange, startTour } from '../welcome/guide.ts';

const THEMES = ['dark', 'light', 'system'] as const;
const LANGUAGES = ['en', 'ko', 'system'] as const;
const DIRECTIONS = ['western', 'korean', 'colour-blind', 'inverted'] as const;

/** Theme, direction colours and language at hand, and the way to everything else that can be set. */
export function SettingsMenu() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { settings, view } = desk;
  const state = useStore(settings.store);
  const change = (part: Partial<Settings>) => settings.change(part);
  const [isTrading, setTrading] = useState(false);
  return (
    <>
      <Popover
        button={t('settings.open')}
        buttonClass="button"
        label={t('settings.title')}
        testId="settings-button"
      >
        {(close) => (
          <div className="settings" data-testid="settings-menu">
            <Choice
              name="theme"
              legend={t('settings.theme')}
              value={state.theme}
              options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
              onChoose={(theme) => change({ theme })}
            />
            <Choice
              name="directionColours"
              legend={t('settings.colours')}
              value={state.directionColours}
              options={DIRECTIONS.map((value) => ({ value, label: t(`colours.${value}`) }))}
              onChoose={(directionColours) => change({ directionColours })}
            />
            <Choice
              name="language"
              legend={t('settings.language')}
              value={state.language}
              // A language is always named in itself, so that a person can find the way back.
              options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChoose={(language) => change({ language })}
            />
            <button
              type="button"
              className="button button-main"
              data-testid="settings-all"
              onClick={() => {
                view.show('settings');
                close();
              }}
            >
              {t('settings.all')}
            </button>
            <button
              type="button"
              className="button"
              data-testid="settings-tour"
              onClick={() => {
                close();
                startTour(desk);
              }}
            >
              {t('welcome.tour')}
            </button>
            <button
              type="button"
              className="button"
              data-testid="settings-connect"
              onClick={() => {
                close();
                connectExchange();
              }}
            >
              {t('welcome.connect')}
            </button>
            <button
              type="button"
              className="button"
              title={t('view.key', { key: 'Alt+4' })}
              data-testid="settings-venues"
              onClick={() => {
                view.show('venues');
                close();
              }}
            >
              {t('venues.settings')}
            </button>
            <button
              type="button"
              className="button"
              data-testid="settings-trading"
              onClick={() => {
                setTrading(true);
                close();
              }}
            >
              {t('limits.open')}
            </button>
          </div>
        )}
      </Popover>
      {isTrading && <TradingSettingsDoor onClose={() => setTrading(false)} />}
    </>
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
            <span>
              {name === 'directionColours' && <Swatch direction={option.value} />}
              {option.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Up and down as this choice would paint them. */
function Swatch({ direction }: { readonly direction: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 14 10" className="swatch" data-direction={direction}>
      <path d="M3 9V3.5M1 5l2-3 2 3z" className="swatch-up" />
      <path d="M11 1v5.5M9 5l2 3 2-3z" className="swatch-down" />
    </svg>
  );
}
