import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SAFE_TRADING } from '#shared/contract/safe-trading.ts';
import type { Settings } from '#shared/contract/settings.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberInput } from '../../ui/number-input.tsx';
import { JournalSection } from '../flight/journal-section.tsx';
import { LimitFields } from './limit-fields.tsx';
import { readLimits, type TypedLimits, typedLimits, wrongFields } from './limits-form.ts';
import { joinPresets, readPresets } from './presets.ts';
import { GENERAL, inheritedBy, ownLimits, type Scope, ScopeChoice, scopeKey, withOwn } from './scope.tsx';
import '../../styles/trading-settings.css';

type Trading = Settings['trading'];

const MOST_MINUTES = 240;

/** Limits, arming, one-click orders and presets. Nothing is kept that the engine would refuse. */
export function TradingSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  // What is typed goes into it scope by scope; kept only when all of it is right.
  const [draft, setDraft] = useState<Trading>(() => settings.store.getState().trading);
  const [scope, setScope] = useState<Scope>(GENERAL);
  const [typed, setTyped] = useState<TypedLimits>(() => typedLimits(draft.limits));
  const [minutes, setMinutes] = useState(() => String(draft.disarmAfterMin));
  const [presets, setPresets] = useState(() => joinPresets(draft.presets));
  const [isTried, setTried] = useState(false);

  const isOwn = scope.kind !== 'general';
  const inherited = inheritedBy(draft, scope);
  const wrong = wrongFields(typed, isOwn);
  const disarmAfterMin = /^\d+$/.test(minutes.trim()) ? Number(minutes) : Number.NaN;
  const isMinutesWrong = !(disarmAfterMin >= 1 && disarmAfterMin <= MOST_MINUTES);
  const readPresetList = readPresets(presets);
  const isWrong = wrong.length > 0 || isMinutesWrong || readPresetList === undefined;

  const withTyped = (): Trading => withOwn(draft, scope, readLimits(typed, inherited));
  const choose = (next: Scope) => {
    setTried(true);
    if (wrong.length > 0) return;
    const kept = withTyped();
    setDraft(kept);
    setScope(next);
    setTyped(typedLimits(ownLimits(kept, next)));
    setTried(false);
  };
  const reset = () => {
    setDraft(SAFE_TRADING);
    setScope(GENERAL);
    setTyped(typedLimits(SAFE_TRADING.limits));
    setMinutes(String(SAFE_TRADING.disarmAfterMin));
    setPresets(joinPresets(SAFE_TRADING.presets));
    setTried(false);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWrong || readPresetList === undefined) return;
    settings.change({ trading: { ...withTyped(), disarmAfterMin, presets: readPresetList } });
    onClose();
  };
  return (
    <Dialog title={t('limits.heading')} testId="trading-settings" onClose={onClose}>
      <form className="form" noValidate onSubmit={save}>
        <ScopeChoice scope={scope} trading={draft} onChoose={choose} />
        <p className="text-dim">{t(isOwn ? 'limits.own-means' : 'limits.general-means')}</p>
        <LimitFields
          key={scopeKey(scope)}
          typed={typed}
          inherited={isOwn ? inherited : undefined}
          wrong={isTried ? wrong : []}
          onType={(field, text) => setTyped({ ...typed, [field]: text })}
        />
        <h3>{t('limits.orders')}</h3>
        <Switch
          name="mainnet"
          isOn={draft.mainnet}
          isWarning
          onChange={(mainnet) => setDraft({ ...draft, mainnet })}
        />
        <Switch
          name="oneClick"
          isOn={draft.oneClick}
          isWarning
          onChange={(oneClick) => setDraft({ ...draft, oneClick })}
        />
        <TextRow
          name="disarmAfterMin"
          value={minutes}
          isWrong={isTried && isMinutesWrong}
          isNumber
          onType={setMinutes}
        />
        <TextRow
          name="presets"
          value={presets}
          isWrong={isTried && readPresetList === undefined}
          isNumber={false}
          onType={setPresets}
        />
        {isTried && isWrong && (
          <p className="text-bad" role="alert" data-testid="limits-wrong">
            {t('limits.wrong')}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" data-testid="limits-reset" onClick={reset}>
            {t('limits.reset')}
          </button>
          <span className="ml-auto" />
          <button type="button" className="button" onClick={onClose}>
            {t('dialog.cancel')}
          </button>
          <button type="submit" className="button button-main" data-testid="limits-save">
            {t('dialog.save')}
          </button>
        </div>
      </form>
      <JournalSection />
    </Dialog>
  );
}

interface SwitchProps {
  readonly name: 'mainnet' | 'oneClick';
  readonly isOn: boolean;
  readonly isWarning: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Switch({ name, isOn, isWarning, onChange }: SwitchProps) {
  const { t } = useTranslation();
  return (
    <label className="form-check">
      <input
        type="checkbox"
        checked={isOn}
        data-testid={`limits-${name}`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        {t(`limits.${name}`)}
        <span className={`form-hint ${isOn && isWarning ? 'text-warn' : ''}`}>
          {t(`limits.${name}-means`)}
        </span>
      </span>
    </label>
  );
}

interface TextRowProps {
  readonly name: 'disarmAfterMin' | 'presets';
  readonly value: string;
  readonly isWrong: boolean;
  readonly isNumber: boolean;
  readonly onType: (text: string) => void;
}

function TextRow({ name, value, isWrong, isNumber, onType }: TextRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const shared = {
    id,
    value,
    'aria-describedby': `limits-${name}-hint`,
    'aria-invalid': isWrong,
    'data-testid': `limits-${name}`,
  };
  return (
    <label className="form-row" htmlFor={id}>
      <span>
        {t(`limits.${name}`)}
        <span className="form-hint" id={`limits-${name}-hint`}>
          {t(`limits.${name}-means`)}
        </span>
      </span>
      {isNumber ? (
        <NumberInput {...shared} onChange={onType} />
      ) : (
        <input
          {...shared}
          type="text"
          className="field"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </label>
  );
}
