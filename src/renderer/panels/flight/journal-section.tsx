import '../../styles/flight.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestOutputs } from '#shared/contract/api.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { useAsk } from '../../ui/use-ask.ts';
import { FileButton } from './file-button.tsx';

/** The whole journal: whether its chain of hashes stands, and all of it as a file. */
export function JournalSection() {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [verdict, setVerdict] = useState<RequestOutputs['orders.verifyAudit']>();
  const verify = () =>
    ask(async () => {
      setVerdict(undefined);
      setVerdict(await client.request('orders.verifyAudit', {}));
    });
  return (
    <section className="journal-section" aria-label={t('audit.title')} data-testid="journal-section">
      <h3>{t('audit.title')}</h3>
      <p className="text-dim">{t('audit.means')}</p>
      <p role="status" data-testid="audit-verdict">
        {busy && t('audit.checking')}
        {verdict && (
          <span className={verdict.brokenAt === undefined ? 'text-ok' : 'text-bad'}>
            {verdict.brokenAt === undefined
              ? t('audit.whole', { count: verdict.lines })
              : t('audit.broken', { count: verdict.lines, seq: verdict.brokenAt })}
          </span>
        )}
      </p>
      <div className="dialog-actions">
        <button type="button" className="button" disabled={busy} data-testid="audit-verify" onClick={verify}>
          {t('audit.verify')}
        </button>
        <FileButton testId="audit-export" ask={() => client.request('orders.exportAudit', {})}>
          {t('audit.export')}
        </FileButton>
      </div>
    </section>
  );
}
