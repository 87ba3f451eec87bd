import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportedFile } from '#shared/contract/order-views.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useAsk } from '../../ui/use-ask.ts';

interface FileButtonProps {
  readonly ask: () => Promise<ExportedFile>;
  readonly testId: string;
  readonly children: ReactNode;
}

/** Saves a file the engine wrote, and says by which hash it can be known again. */
export function FileButton({ ask: read, testId, children }: FileButtonProps) {
  const { t } = useTranslation();
  const { busy, ask } = useAsk();
  const [saved, setSaved] = useState<ExportedFile>();
  const save = () =>
    ask(async () => {
      const file = await read();
      saveFile(file.fileName, new TextEncoder().encode(file.text), 'application/json');
      setSaved(file);
    });
  return (
    <>
      {saved && (
        <p className="flight-saved" role="status" data-testid={`${testId}-saved`}>
          {t('evidence.saved', { file: saved.fileName })} <code>{saved.sha256}</code>
        </p>
      )}
      <button type="button" className="button" disabled={busy} data-testid={testId} onClick={save}>
        {children}
      </button>
    </>
  );
}
