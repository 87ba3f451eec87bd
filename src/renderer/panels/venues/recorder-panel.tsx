import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { RecordingView } from '#shared/domain/recording.ts';
import { createRecordings, type Recordings } from '../../stores/recording.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatBytes } from '../../ui/format-bytes.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Pending } from '../../ui/pending.tsx';
import { useAsk } from '../../ui/use-ask.ts';
import { deskStreams, streamsOf } from './desk-streams.ts';
import { RecordingFiles } from './recording-files.tsx';

/** Raw frames to disk: begin and end, how much room they take, what was lost. Watched while it is shown. */
export function RecorderPanel() {
  const { t } = useTranslation();
  const { client, clock } = useDesk();
  const [recordings, setRecordings] = useState<Recordings>();
  useLayoutEffect(() => {
    const opened = createRecordings(client, clock);
    setRecordings(opened);
    return opened.dispose;
  }, [client, clock]);
  return (
    <Panel name="recorder" title={t('recorder.title')}>
      {recordings && <Recorder recordings={recordings} />}
    </Panel>
  );
}

function Recorder({ recordings }: { readonly recordings: Recordings }) {
  const { t } = useTranslation();
  const { view, error } = useStore(recordings.now.store);
  if (view === undefined) {
    return <Pending error={error} waiting={t('recorder.waiting')} onRetry={recordings.now.retry} />;
  }
  return (
    <div className="recorder">
      <div className="recorder-now" data-testid="recorder" data-on={view.isOn}>
        <p className="recorder-state">
          <HealthGlyph kind={view.isOn ? 'live' : 'idle'} />
          <strong>{view.isOn ? t('recorder.on') : t('recorder.off')}</strong>
          {view.isOn && (
            <span className="text-dim" title={view.streams.join('\n')}>
              {t('recorder.streams', { count: view.streams.length })}
            </span>
          )}
        </p>
        <Controls view={view} />
        <Figures view={view} />
        <p className="text-dim">{t('recorder.explained')}</p>
      </div>
      <RecordingFiles files={recordings.files} growing={view.file} />
    </div>
  );
}

function Controls({ view }: { readonly view: RecordingView }) {
  const { t } = useTranslation();
  const { client, pulse, settings } = useDesk();
  const selected = useStore(settings.store, (state) => state.selected);
  const health = useStore(pulse, (state) => state.health);
  const { busy, ask } = useAsk();
  const all = deskStreams(health, selected);
  const own = streamsOf(all, selected);
  const start = (streams: readonly string[]) =>
    ask(() => client.request('recording.start', { streams: [...streams] }));
  if (view.isOn) {
    return (
      <p className="recorder-actions">
        <button
          type="button"
          className="button"
          disabled={busy}
          data-testid="record-stop"
          onClick={() => ask(() => client.request('recording.stop', {}))}
        >
          {t('recorder.stop')}
        </button>
      </p>
    );
  }
  return (
    <p className="recorder-actions">
      <button
        type="button"
        className="button button-main"
        disabled={busy || all.length === 0}
        data-testid="record-all"
        onClick={() => start(all)}
      >
        {t('recorder.start-all', { streams: all.length })}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy || own.length === 0}
        data-testid="record-own"
        onClick={() => start(own)}
      >
        {t('recorder.start-own', { name: instrumentName(selected), streams: own.length })}
      </button>
    </p>
  );
}

function Figures({ view }: { readonly view: RecordingView }) {
  const { t } = useTranslation();
  const { file, usedBytes, capBytes, droppedFrames } = view;
  const share = capBytes > 0 ? Math.min(1, usedBytes / capBytes) : 0;
  return (
    <>
      <dl className="facts">
        {file !== undefined && (
          <div>
            <dt>{t('recorder.file')}</dt>
            <dd className="value" data-testid="recorder-file">
              {file.fileName}
            </dd>
          </div>
        )}
        {file !== undefined && (
          <div>
            <dt>{t('recorder.written')}</dt>
            <dd className="value" data-testid="recorder-written">
              {t('recorder.frames', { shown: formatDecimal(file.frames, 0) })} · {formatBytes(file.bytes)}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('recorder.dropped')}</dt>
          <dd
            className={droppedFrames > 0 ? 'value text-bad' : 'value'}
            title={t('recorder.dropped-explained')}
          >
            {droppedFrames > 0 && <HealthGlyph kind="stale" />} {formatDecimal(droppedFrames, 0)}
          </dd>
        </div>
      </dl>
      <div className="recorder-room">
        <span>{t('recorder.room', { used: formatBytes(usedBytes), cap: formatBytes(capBytes) })}</span>
        <progress aria-label={t('recorder.room-label')} max={1} value={share} />
      </div>
    </>
  );
}
