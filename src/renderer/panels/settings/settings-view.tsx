import '../../styles/settings.css';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { searchSettings } from './search-settings.ts';
import { SECTIONS, type SectionId, type SettingField, settingFields } from './setting-fields.ts';
import { isChanged } from './setting-value.ts';
import { findableWords } from './setting-words.ts';
import { SettingsPageProvider } from './settings-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { SettingsTrouble } from './settings-trouble.tsx';
import { useSettingsUndo } from './use-settings-undo.ts';

/** Everything a person can set, to be looked through or searched; each with what it means, and the way back. */
export function SettingsView() {
  const { t, i18n } = useTranslation();
  const { description, settings } = useDesk();
  const venues = useStore(description.store, (app) => app.venues);
  const held = useStore(settings.store);
  const [typed, setTyped] = useState('');
  const [isOnlyChanged, setOnlyChanged] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const undo = useSettingsUndo(settings);

  // ccxt opens the sockets of added exchanges itself.
  const tuned = useMemo(() => venues.filter(({ isAdded }) => !isAdded), [venues]);
  const fields = useMemo(() => settingFields(tuned.map(({ id }) => id)), [tuned]);
  const venueNames = useMemo(() => new Map<string, string>(tuned.map(({ id, name }) => [id, name])), [tuned]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are those of the languages that are loaded.
  const findable = useMemo(
    () => fields.map((field) => ({ id: field.id, ...findableWords(field, venueNames) })),
    [fields, venueNames, i18n.language],
  );
  const found = new Set(searchSettings(findable, typed));
  const changed = fields.filter(({ kind, id }) => kind !== 'block' && isChanged(held, id));
  const shown = fields.filter((field) => found.has(field.id) && (!isOnlyChanged || changed.includes(field)));
  const isFiltered = typed.trim() !== '' || isOnlyChanged;

  useEffect(() => search.current?.focus(), []);
  const page = useMemo(
    () => ({ fields, venueNames, write: undo.write, reset: undo.reset, replace: undo.replace }),
    [fields, venueNames, undo.write, undo.reset, undo.replace],
  );
  const press = (event: KeyboardEvent) => {
    const isField = event.target instanceof Element && event.target.matches('input, select, textarea');
    if (isField || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.code !== 'KeyZ') return;
    event.preventDefault();
    undo.undo();
  };
  return (
    <SettingsPageProvider value={page}>
      <Panel
        name="settings"
        title={t('settings.title')}
        head={
          <div className="settings-head" role="search">
            <input
              ref={search}
              type="search"
              className="field settings-search"
              aria-label={t('settingspage.search')}
              placeholder={t('settingspage.search')}
              autoComplete="off"
              spellCheck={false}
              maxLength={80}
              value={typed}
              data-testid="settings-search"
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || typed === '' || event.nativeEvent.isComposing) return;
                event.stopPropagation();
                setTyped('');
              }}
            />
            <label className="settings-only">
              <input
                type="checkbox"
                checked={isOnlyChanged}
                data-testid="settings-only-changed"
                onChange={({ target }) => setOnlyChanged(target.checked)}
              />
              {t('settingspage.only-changed', { count: changed.length })}
            </label>
            <span className="text-dim" role="status" data-testid="settings-found">
              {isFiltered && t('settingspage.found', { count: shown.length })}
            </span>
          </div>
        }
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Z belongs to the whole page. */}
        <div className="settings-page" onKeyDown={press}>
          <SectionList shown={shown} />
          <div className="settings-contents" data-testid="settings-contents">
            <SettingsTrouble />
            {shown.length === 0 && (
              <p className="panel-empty" data-testid="settings-nothing">
                {t('settingspage.nothing')}{' '}
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    setTyped('');
                    setOnlyChanged(false);
                    search.current?.focus();
                  }}
                >
                  {t('settingspage.show-all')}
                </button>
              </p>
            )}
            {SECTIONS.map((section) => (
              <SettingsSection
                key={section}
                section={section}
                fields={shown.filter((field) => field.section === section)}
                changed={changed.filter((field) => field.section === section)}
              />
            ))}
          </div>
        </div>
        <div className="settings-undo" role="status" data-testid="settings-undo" data-open={undo.count > 0}>
          {undo.count > 0 && (
            <>
              <span>{t('settingspage.undone', { count: undo.count })}</span>
              <button type="button" className="button" data-testid="settings-undo-button" onClick={undo.undo}>
                {t('settingspage.undo')}
              </button>
              <button type="button" className="button" aria-label={t('notice.dismiss')} onClick={undo.forget}>
                <span aria-hidden="true">×</span>
              </button>
            </>
          )}
        </div>
      </Panel>
    </SettingsPageProvider>
  );
}

/** The parts of the page, to jump to. */
function SectionList({ shown }: { readonly shown: readonly SettingField[] }) {
  const { t } = useTranslation();
  const jump = (section: SectionId) => {
    const heading = document.getElementById(`settings-${section}`);
    // The heading may stand beside its settings and be in view all along.
    heading?.closest('section')?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav className="settings-sections" aria-label={t('settingspage.sections')}>
      {SECTIONS.map((section) => {
        const count = shown.filter((field) => field.section === section).length;
        return (
          <button
            key={section}
            type="button"
            className="button"
            disabled={count === 0}
            data-testid={`settings-section-${section}`}
            onClick={() => jump(section)}
          >
            {t(`section.${section}`)}
          </button>
        );
      })}
    </nav>
  );
}
