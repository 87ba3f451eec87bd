import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';

interface DemoKeysProps {
  readonly offered: AccountsView['offered'];
  readonly onDone?: () => void;
}

/** In the demo: an account of play money at one click. Nothing where no venue has such a key. */
export function DemoKeys({ offered, onDone }: DemoKeysProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const venues = offered.filter(({ hasDemoKey }) => hasDemoKey);
  if (venues.length === 0) return null;
  return (
    <div className="demo-keys" role="group" aria-label={t('wizard.demo')} data-testid="demo-keys">
      <span className="text-dim">{t('wizard.demo')}</span>
      {venues.map(({ venue, name }) => (
        <button
          key={venue}
          type="button"
          className="button"
          disabled={busy}
          data-demo={venue}
          onClick={() =>
            ask(async () => {
              await client.request('accounts.addDemo', { venue });
              onDone?.();
            })
          }
        >
          {t('wizard.demo-key', { venue: name })}
        </button>
      ))}
    </div>
  );
}
