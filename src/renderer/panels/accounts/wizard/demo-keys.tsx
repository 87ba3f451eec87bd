import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountsView } from '#shared/contract/account-views.ts';
import type { KeyVerdict } from '#shared/domain/account.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { useAsk } from '../../../ui/use-ask.ts';
import { VerdictWords } from './verdict-words.tsx';

interface DemoKeysProps {
  readonly offered: AccountsView['offered'];
  readonly onDone?: () => void;
}

/** In the demo: an account of play money at one click. Nothing where no venue has such a key. */
export function DemoKeys({ offered, onDone }: DemoKeysProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  // The demo's venue, too, may refuse, or not answer in time: a click that adds nothing says why.
  const [refused, setRefused] = useState<{ readonly name: string; readonly verdict: KeyVerdict }>();
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
              setRefused(undefined);
              const { verdict } = await client.request('accounts.addDemo', { venue });
              if (verdict.kind === 'refused') setRefused({ name, verdict });
              else onDone?.();
            })
          }
        >
          {t('wizard.demo-key', { venue: name })}
        </button>
      ))}
      {refused && <VerdictWords verdict={refused.verdict} venue={refused.name} />}
    </div>
  );
}
