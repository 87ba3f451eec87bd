import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '#shared/contract/api.ts';
import { logText } from '../../i18n/text-for.ts';
import { formatDecimal } from '../../ui/format-number.ts';
import { formatClock, formatMoment, machineTime } from '../../ui/format-time.ts';
import { type FoldedEntry, foldLog } from './fold-log.ts';

const ROW_HEIGHT = 22;

const LEVELS: Readonly<Record<LogEntry['level'], { readonly shape: string; readonly colour: string }>> = {
  info: {
    shape: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0 1.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6',
    colour: 'text-dim',
  },
  warn: { shape: 'M5 .8 9.4 9H.6z', colour: 'text-warn' },
  error: {
    shape: 'm2.7 1.3L5 3.6l2.3-2.3 1.4 1.4L6.4 5l2.3 2.3-1.4 1.4L5 6.4 2.7 8.7 1.3 7.3 3.6 5 1.3 2.7z',
    colour: 'text-bad',
  },
};

interface LogListProps {
  /** Newest last. */
  readonly entries: readonly LogEntry[];
  /** Said where there are none. */
  readonly empty: ReactNode;
}

/** Log entries in the person's words, newest on top; only those in sight are in the document. */
export function LogList({ entries, empty }: LogListProps) {
  const { t } = useTranslation();
  const folded = useMemo(() => foldLog(entries), [entries]);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: folded.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  return (
    <div
      ref={scroller}
      className="log"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable without a mouse.
      tabIndex={0}
      aria-label={t('log.title')}
      data-testid="log"
    >
      {entries.length === 0 && empty}
      <ol className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const line = folded[index];
          return line && <Entry key={key} entry={line.entry} count={line.count} top={start} />;
        })}
      </ol>
    </div>
  );
}

function Entry({ entry, count, top }: FoldedEntry & { readonly top: number }) {
  const { t } = useTranslation();
  const { shape, colour } = LEVELS[entry.level];
  const word = t(`level.${entry.level}`);
  return (
    <li className="log-row" data-level={entry.level} style={{ transform: `translateY(${top}px)` }}>
      <time className="text-dim" dateTime={machineTime(entry.at)} title={formatMoment(entry.at)}>
        {formatClock(entry.at)}
      </time>
      <svg viewBox="0 0 10 10" className={`glyph ${colour}`} role="img" aria-label={word}>
        <title>{word}</title>
        <path d={shape} fill="currentColor" fillRule="evenodd" />
      </svg>
      <span className="truncate" title={entry.message}>
        {logText(entry)}
      </span>
      {count > 1 && (
        <span className="text-dim whitespace-nowrap">
          {t('log.repeated', { shown: formatDecimal(count, 0) })}
        </span>
      )}
    </li>
  );
}
