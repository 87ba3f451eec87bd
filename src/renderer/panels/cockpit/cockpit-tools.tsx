import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { offerAct } from '../../commands/offers.ts';
import { VIEW_TOOLS } from '../../ui/view-tools.ts';
import { useCockpit } from './cockpit-context.ts';
import { DrillDialog } from './drill/drill-dialog.tsx';
import { ExportDialog } from './evidence/export-dialog.tsx';
import { formatShare } from './format-share.ts';

/** The connections view's own buttons in the top bar: a drill, and evidence to take away. */
export function CockpitTools() {
  const { t } = useTranslation();
  const { drill } = useCockpit();
  const running = useStore(drill.store, ({ view }) =>
    view?.state === 'running' ? formatShare(view.progress) : undefined,
  );
  const [open, setOpen] = useState<'drill' | 'export'>();
  useEffect(() => {
    const undoDrill = offerAct('drill', () => setOpen('drill'));
    const undoEvidence = offerAct('evidence', () => setOpen('export'));
    return () => {
      undoDrill();
      undoEvidence();
    };
  }, []);
  const place = document.getElementById(VIEW_TOOLS);
  const close = () => setOpen(undefined);
  return (
    <>
      {place &&
        createPortal(
          <>
            <button
              type="button"
              className="button"
              data-testid="drill-button"
              onClick={() => setOpen('drill')}
            >
              {running === undefined ? t('drill.open') : t('drill.open-running', { share: running })}
            </button>
            <button
              type="button"
              className="button"
              data-testid="export-button"
              onClick={() => setOpen('export')}
            >
              {t('evidence.open')}
            </button>
          </>,
          place,
        )}
      {open === 'drill' && <DrillDialog onClose={close} />}
      {open === 'export' && <ExportDialog onClose={close} />}
    </>
  );
}
