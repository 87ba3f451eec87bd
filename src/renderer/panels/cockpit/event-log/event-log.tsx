import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { logText } from '../../../i18n/text-for.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { LogList } from '../../log/log-list.tsx';
import { filterLog, LOG_LEVELS, type LogFilter } from './filter-log.ts';

const ALL: LogFilter = { level: 'info', venue: undefined, text: '' };

/** The connection log with what is looked for picked out of it. */
export function EventLog() {
  const { t, i18n } = useTranslation();
  const { app, log } = useDesk();
  const entries = useStore(log, (state) => state.entries);
  const [filter, setFilter] = useState(ALL);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language says, and so finds, other words.
  const found = useMemo(() => filterLog(entries, filter, logText), [entries, filter, i18n.language]);
  const change = (part: Partial<LogFilter>) => setFilter({ ...filter, ...part });
  return (
    <Panel
      name="log"
      title={t('log.title')}
      head={
        <span className="log-filter">
          <select
            className="field"
            aria-label={t('log.level')}
            value={filter.level}
            onChange={({ target }) =>
              change({ level: LOG_LEVELS.find((one) => one === target.value) ?? 'info' })
            }
          >
            {LOG_LEVELS.map((level) => (
              <option key={level} value={level}>
                {t(`log.from.${level}`)}
              </option>
            ))}
          </select>
          <select
            className="field"
            aria-label={t('log.venue')}
            value={filter.venue?.id ?? ''}
            onChange={({ target }) => change({ venue: app.venues.find(({ id }) => id === target.value) })}
          >
            <option value="">{t('log.every-venue')}</option>
            {app.venues.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <input
            type="search"
            className="field log-search"
            aria-label={t('log.search')}
            placeholder={t('log.search')}
            value={filter.text}
            data-testid="log-search"
            onChange={({ target }) => change({ text: target.value })}
          />
          <span className="text-dim" data-testid="log-found">
            {t('log.found', { found: found.length, total: entries.length })}
          </span>
        </span>
      }
    >
      <LogList
        entries={found}
        empty={
          entries.length === 0 ? (
            <Empty what={t('empty.log')} why={t('empty.log-why')} />
          ) : (
            <Empty
              what={t('empty.found')}
              why={t('empty.found-why', { count: entries.length })}
              next={{ label: t('empty.found-do'), onDo: () => setFilter(ALL) }}
            />
          )
        }
      />
    </Panel>
  );
}
