import type { LogEntry } from '#shared/contract/api.ts';
import type { Cause } from '#shared/domain/connection.ts';
import type { Incident } from '#shared/domain/incident.ts';
import type { StreamMetrics } from '#shared/domain/metrics.ts';
import type { EvidenceReport } from './evidence-report.ts';
import { createReportTimes } from './evidence-times.ts';
import type { EvidenceWords } from './evidence-words.ts';
import { evidenceWordsEn } from './evidence-words-en.ts';
import { evidenceWordsKo } from './evidence-words-ko.ts';
import { escaped, fact, facts, type Markup, markup, table } from './html-text.ts';
import { causeOf } from './state-severity.ts';
import { VERDICT_EVIDENCE } from './verdict-evidence.ts';

/** Rows of one table in the page; the JSON beside it has them all. */
const SHOWN = 1000;

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
td:nth-child(-n+3){font-variant-numeric:tabular-nums}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.5rem}dt{font-weight:600}dd{margin:0}pre{overflow-wrap:anywhere;white-space:pre-wrap}
@media print{body{margin:0}}`;

/** `report.html`: readable anywhere, nothing to run, nothing to load. Pure. */
export function evidencePage(report: EvidenceReport, log: readonly LogEntry[]): string {
  const words: EvidenceWords = report.language === 'ko' ? evidenceWordsKo : evidenceWordsEn;
  const { heading, label } = words;
  const times = createReportTimes(report.localZone);
  const zones = (at: number) => {
    const { kst, local, utc } = times.inZones(at);
    return [escaped(kst), escaped(local), escaped(utc)];
  };
  const timeHeads = [label.kst, `${label.local} (${report.localZone})`, label.utc];
  const timed = (rows: readonly (readonly [number, ...Markup[]])[], ...heads: string[]) =>
    table(
      [...timeHeads, ...heads],
      rows.map(([at, ...cells]) => [...zones(at), ...cells]),
    );
  const cutNote = (count: number, isCut = false) =>
    count > SHOWN || isCut ? markup`<p>${escaped(label.cut)}</p>` : markup``;
  const causeText = (cause: Cause | undefined) => escaped(cause ? `${cause.code}: ${cause.detail}` : '');

  function verdictOf({ verdict }: Incident): Markup {
    const known = new Set<string>(VERDICT_EVIDENCE);
    const items = verdict.evidence.map(({ code, details }) => {
      const template = known.has(code) ? words.evidence[code as keyof EvidenceWords['evidence']] : code;
      const text = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(details[name] ?? ''));
      const against = 'against' in details ? ` (${label.against})` : '';
      return markup`<li>${escaped(text + against)}</li>`;
    });
    return markup`<p><strong>${escaped(words.side[verdict.side])}</strong> · ${escaped(words.kind[verdict.kind])} · ${escaped(label.confidence)} ${escaped(verdict.confidence.toFixed(2))}</p><ul>${items}</ul>`;
  }

  function incidentOf(incident: Incident): Markup {
    const { startedAt, noticedAt, endedAt } = incident;
    const rows: [number, Markup][] = [
      [startedAt, escaped(label.started)],
      [noticedAt, escaped(label.noticed)],
      ...(endedAt === undefined ? [] : [[endedAt, escaped(label.ended)] as [number, Markup]]),
    ];
    return markup`<h3>${escaped(incident.connection)} · ${escaped(words.state[incident.worst])}</h3>
${timed(rows, label.what)}
${endedAt === undefined ? markup`<p>${escaped(label.lasts)}</p>` : markup``}
${facts([
  fact(label.cause, causeText(incident.cause)),
  fact(label.attempts, incident.attempts),
  fact(label.tradesMissed, incident.tradesMissed),
  fact(label.tradesRecovered, incident.tradesRecovered),
  fact(label.candlesRepaired, incident.candlesRepaired),
  fact(label.booksResynced, incident.booksResynced),
  fact(label.ordersInFlight, incident.ordersInFlight),
  fact(
    heading.others,
    escaped(
      incident.others.map(({ venue, worst }) => `${venue}: ${words.state[worst]}`).join(', ') || label.none,
    ),
  ),
])}
<h4>${escaped(heading.verdict)}</h4>${verdictOf(incident)}`;
  }

  const streamTable = (streams: readonly StreamMetrics[]) =>
    table(
      [label.stream, label.rate, label.p50, label.p99, label.silence, label.score],
      streams
        .slice(0, SHOWN)
        .map(({ stream, perSecond, venueToReceive, silenceMs, score }) => [
          escaped(stream),
          ...[perSecond, venueToReceive.p50, venueToReceive.p99, silenceMs, score].map(figure),
        ]),
    );

  const { incident, incidents, transitions, metricsThen, metricsNow } = report;
  const further = incidents.filter(({ id }) => id !== incident?.id);
  const shownTransitions = transitions.slice(-SHOWN);
  const rangeRows: [number, Markup][] = [
    [report.exportedAt, escaped(label.exported)],
    [report.from, escaped(label.rangeFrom)],
    [report.to, escaped(label.rangeTo)],
    ...(report.logFrom === undefined ? [] : [[report.logFrom, escaped(label.logFrom)] as [number, Markup]]),
  ];
  const { html } = markup`<!doctype html>
<html lang="${escaped(report.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(heading.title)}</title><style>${{ html: STYLE }}</style></head><body>
<h1>${escaped(heading.title)}</h1>
${timed(rangeRows, label.what)}
${incident === undefined ? markup`` : markup`<h2>${escaped(heading.incident)}</h2>${incidentOf(incident)}`}
${metricsThen === undefined ? markup`` : markup`<h2>${escaped(heading.metrics)}</h2>${streamTable(metricsThen.streams)}`}
<h2>${escaped(heading.incidents)}</h2>
${further.length === 0 ? markup`<p>${escaped(label.none)}</p>` : further.map(incidentOf)}
<h2>${escaped(heading.timeline)}</h2>
${table(
  [label.connection, label.uptime, label.spans],
  report.timeline.map(({ connection, uptime, spans }) => [
    escaped(connection),
    escaped(Number.isFinite(uptime) ? `${(uptime * 100).toFixed(2)} %` : '–'),
    escaped(String(spans.length)),
  ]),
)}
<h2>${escaped(heading.transitions)}</h2>${cutNote(transitions.length, report.transitionsAreCut)}
${timed(
  shownTransitions.map(({ at, connection, state }) => [
    at,
    escaped(connection),
    escaped(words.state[state.kind]),
    causeText(causeOf(state)),
  ]),
  label.connection,
  label.state,
  label.cause,
)}
${metricsNow === undefined ? markup`` : markup`<h2>${escaped(heading.metricsNow)}</h2>${streamTable(metricsNow.streams)}`}
<h2>${escaped(heading.log)}</h2>${cutNote(log.length)}
${timed(
  log
    .slice(-SHOWN)
    .map(({ at, level, code, message }) => [at, escaped(level), escaped(code), escaped(message)]),
  label.level,
  label.what,
  label.message,
)}
<h2>${escaped(heading.settings)}</h2><pre>${escaped(JSON.stringify(report.settings, undefined, 1), 'lines')}</pre>
<h2>${escaped(heading.about)}</h2>
${facts([
  fact(label.version, report.app.version),
  fact(label.environment, `${report.app.environment} (${report.app.mode}, ${report.app.shell})`),
  fact(
    label.machine,
    `${report.machine.platform} ${report.machine.architecture}, Node ${report.machine.node}`,
  ),
  fact(
    label.clockOffset,
    Object.entries(report.clockOffsetMs)
      .map(([venue, offsetMs]) => `${venue} ${Math.round(offsetMs)}`)
      .join(', ') || label.none,
  ),
])}
<p>${escaped(label.hashes)}</p></body></html>
`;
  return html;
}

function figure(value: number): Markup {
  return escaped(Number.isFinite(value) ? String(Math.round(value * 100) / 100) : '–');
}
