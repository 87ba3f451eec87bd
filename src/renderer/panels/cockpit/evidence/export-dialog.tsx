import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RANGES, rangeMs } from '../../../stores/range.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatFull, formatUtc, zoneName } from '../../../ui/format-time.ts';
import { useCockpit } from '../cockpit-context.ts';
import { ExportButton } from './export-button.tsx';

/** Evidence about a stretch of time. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { range: ranges } = useCockpit();
  const [range, setRange] = useState(() => ranges.getState().range);
  const [to] = useState(() => Math.floor(pulse.getState().now));
  const from = to - rangeMs(range);
  return (
    <Dialog title={t('evidence.title')} testId="export-dialog" onClose={onClose}>
      <p>{t('evidence.explained')}</p>
      <label className="form-row">
        <span>{t('evidence.range')}</span>
        <select
          className="field"
          value={range}
          onChange={({ target }) => setRange(RANGES.find((one) => one === target.value) ?? range)}
        >
          {RANGES.map((one) => (
            <option key={one} value={one}>
              {t(`range.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="text-dim">
        {formatFull(from)} → {formatFull(to)} {zoneName(to)}
        <br />
        {formatUtc(from)} → {formatUtc(to)}
      </p>
      <div className="dialog-actions">
        <ExportButton key={range} what={{ from, to }}>
          {t('evidence.export')}
        </ExportButton>
      </div>
    </Dialog>
  );
}
