import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { COMMAND_GROUPS } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { fitOf, searchText } from '../../commands/find-commands.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useBindings, useChordLabel } from './use-keys.ts';

/** Every key that does something now, by group; to be searched and printed. */
export function CheatSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { settings } = useDesk();
  const ordersOn = useStore(settings.store, ({ trading }) => trading.hotkeys);
  const { chordOf } = useBindings();
  const label = useChordLabel();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const bound = COMMANDS.flatMap((command) => {
    const chord = chordOf.get(command.id);
    if (chord === undefined) return [];
    const isFound =
      label(chord).toLowerCase().includes(wanted) || fitOf(typed, searchText(command)) !== undefined;
    return isFound ? [{ command, chord }] : [];
  });
  const groups = COMMAND_GROUPS.map((group) => ({
    group,
    held: bound.filter(({ command }) => command.group === group),
  })).filter(({ held }) => held.length > 0);
  return (
    <Dialog title={t('keysheet.title')} testId="cheat-sheet" onClose={onClose}>
      <div className="keysheet-tools">
        <input
          type="search"
          className="field"
          aria-label={t('keysheet.find')}
          placeholder={t('keysheet.find')}
          autoComplete="off"
          spellCheck={false}
          data-testid="keysheet-find"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button
          type="button"
          className="button"
          data-testid="keysheet-print"
          onClick={({ currentTarget }) => currentTarget.ownerDocument.defaultView?.print()}
        >
          {t('keysheet.print')}
        </button>
      </div>
      <p
        className={`keysheet-orders ${ordersOn ? 'text-money' : 'text-dim'}`}
        data-testid="keysheet-orders"
        data-on={ordersOn}
      >
        <HealthGlyph kind={ordersOn ? 'rotating' : 'paused'} />{' '}
        {t(ordersOn ? 'keysheet.orders-on' : 'keysheet.orders-off')}
      </p>
      <div className="keysheet">
        {groups.map(({ group, held }) => (
          <section key={group}>
            <h3>{t(`commandgroup.${group}`)}</h3>
            <dl>
              {held.map(({ command, chord }) => (
                <div key={command.id} data-command={command.id}>
                  <dt>{t(command.titleKey)}</dt>
                  <dd>
                    {command.isOrder === true && !ordersOn && <small>{t('keysheet.off')}</small>}
                    <KeyCaps chord={chord} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {wanted === '' && <Fixed />}
      </div>
      {groups.length === 0 && <p role="status">{t('keysheet.nothing', { typed })}</p>}
    </Dialog>
  );
}

/** What cannot be given other keys. */
function Fixed() {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t('keysheet.fixed')}</h3>
      <dl>
        <div>
          <dt>{t('keysheet.letters-do')}</dt>
          <dd>{t('keysheet.letters')}</dd>
        </div>
        <div>
          <dt>{t('keysheet.digits-do')}</dt>
          <dd>{t('keysheet.digits')}</dd>
        </div>
        <div>
          <dt>{t('keysheet.escape-do')}</dt>
          <dd>
            <KeyCaps chord="Escape" />
          </dd>
        </div>
      </dl>
    </section>
  );
}
