import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Incident } from '#shared/domain/incident.ts';
import { causeText } from '../../../i18n/text-for.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatClock, formatMoment, machineTime } from '../../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../../ui/health-glyph.tsx';
import { ExportButton } from '../evidence/export-button.tsx';
import {
  incidentAdvice,
  incidentCosts,
  incidentOthers,
  incidentTitle,
  incidentWhen,
} from './incident-words.ts';
import { verdictSentence } from './verdict-words.ts';

/** One incident: three lines that say the most; opened, its whole post-mortem. */
export function IncidentItem({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const [open, setOpen] = useState(false);
  // What is over moves no more.
  const now = useStore(pulse, (state) =>
    incident.endedAt === undefined ? Math.floor(state.now / 1_000) * 1_000 : incident.endedAt,
  );
  const full = formatMoment(incident.startedAt);
  return (
    <li className="incident" data-testid="incident" data-open={incident.endedAt === undefined || undefined}>
      <h3>
        <button
          type="button"
          className="incident-title"
          aria-expanded={open}
          title={open ? t('incident.less') : t('incident.more')}
          onClick={() => setOpen(!open)}
        >
          <HealthGlyph kind={incident.worst} />
          <span className={healthWordClass(incident.worst)}>{t(`health.${incident.worst}`)}</span>
          <span>{incidentTitle(app, incident)}</span>
        </button>
      </h3>
      <p className="text-dim" title={full}>
        {incidentWhen(incident, now)}
      </p>
      <p>{verdictSentence(app, incident.verdict)}</p>
      {open && <PostMortem incident={incident} />}
    </li>
  );
}

function PostMortem({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation();
  const { app, view } = useDesk();
  const others = incidentOthers(app, incident);
  return (
    <div className="post-mortem" data-testid="post-mortem">
      <ul className="post-mortem-advice">
        {incidentAdvice(incident).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h4>{t('incident.cost')}</h4>
      <ul>
        {incidentCosts(incident).map((cost) => (
          <li key={cost}>{cost}</li>
        ))}
      </ul>
      <h4>{t('incident.others')}</h4>
      <p>{others === '' ? t('incident.no-others') : others}</p>
      <h4>{t('incident.course')}</h4>
      <ol className="post-mortem-course">
        {incident.transitions.map(({ at, kind, cause }, index) => (
          // The course of what happened is only ever added to.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <li key={index}>
            <time className="text-dim" dateTime={machineTime(at)} title={formatMoment(at)}>
              {formatClock(at)}
            </time>
            <HealthGlyph kind={kind} />
            <span>
              {t(`health.${kind}`)}
              {cause && ` · ${causeText(cause)}`}
            </span>
          </li>
        ))}
      </ol>
      {incident.cause.detail !== '' && <p className="text-dim">{incident.cause.detail}</p>}
      <div className="post-mortem-actions">
        <ExportButton what={{ incident: incident.id }}>{t('evidence.export')}</ExportButton>
        <button type="button" className="button" onClick={() => view.select(incident.connection)}>
          {t('incident.show')}
        </button>
      </div>
    </div>
  );
}
