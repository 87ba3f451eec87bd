import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceFile, RequestInput } from '#shared/contract/api.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { useAsk } from '../../../ui/use-ask.ts';

interface ExportButtonProps {
  readonly what: RequestInput<'evidence.export'>;
  readonly children: ReactNode;
}

/** Saves the evidence about an incident or a range, and says by which hash the file can be known again. */
export function ExportButton({ what, children }: ExportButtonProps) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  const [saved, setSaved] = useState<EvidenceFile>();
  const save = () =>
    ask(async () => {
      const file = await client.request('evidence.export', what);
      saveFile(file.fileName, file.bytes, 'application/zip');
      setSaved(file);
    });
  return (
    <>
      <button type="button" className="button" disabled={busy} title={t('evidence.explained')} onClick={save}>
        {busy ? t('evidence.busy') : children}
      </button>
      {saved && (
        <p className="evidence-saved" role="status" data-testid="evidence-saved">
          {t('evidence.saved', { file: saved.fileName })} <code>{saved.sha256}</code>
        </p>
      )}
    </>
  );
}
