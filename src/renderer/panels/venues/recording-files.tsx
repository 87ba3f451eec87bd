import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RecordingFile } from '#shared/domain/recording.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import type { RepeatedReading } from '../../stores/reading.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Empty } from '../../ui/empty.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatAge, formatFull, formatMoment } from '../../ui/format-time.ts';
import { Pending } from '../../ui/pending.tsx';

interface RecordingFilesProps {
  readonly files: RepeatedReading<readonly RecordingFile[]>;
  /** The one being written: told once a second, while the list is read now and then. */
  readonly growing: RecordingFile | undefined;
}

/** Every recording in the data folder, newest first. */
export function RecordingFiles({ files, growing }: RecordingFilesProps) {
  const { t } = useTranslation();
  const { app } = useDesk();
  const { value, error } = useStore(files.store);
  if (value === undefined) {
    return <Pending error={error} waiting={t('recorder.list-waiting')} onRetry={files.again} />;
  }
  const all = growing ? [growing, ...value.filter(({ fileName }) => fileName !== growing.fileName)] : value;
  if (all.length === 0) {
    return <Empty what={t('empty.recordings')} why={t('empty.recordings-why')} />;
  }
  const newest = all.toSorted((one, other) => other.from - one.from);
  return (
    // A scrolling part must be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('recorder.files')}>
      <table className="table" data-testid="recording-files">
        <thead>
          <tr>
            <th scope="col">{t('recorder.file')}</th>
            <th scope="col">{t('recorder.venues')}</th>
            <th scope="col">{t('recorder.begun')}</th>
            <th scope="col">{t('recorder.length')}</th>
            <th scope="col">{t('recorder.frame-count')}</th>
            <th scope="col">{t('recorder.size')}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((file) => (
            <tr key={file.fileName}>
              <th scope="row" className="recording-name">
                {file.fileName}
              </th>
              <td>
                {file.venues
                  .map((venue) => app.venues.find(({ id }) => id === venue)?.name ?? venue)
                  .join(', ')}
              </td>
              <td title={formatMoment(file.from)}>{formatFull(file.from)}</td>
              <td>{formatAge(file.to - file.from, currentLanguage())}</td>
              <td>{formatDecimal(file.frames, 0)}</td>
              <td>{formatBytes(file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
