import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../i18n/i18n.ts';
import { formatCompact } from '../../ui/format-number.ts';
import { Menu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import type { ScanFilter } from './scan-filter.ts';

const VOLUMES = [0, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
const KINDS = ['all', 'contract', 'spot'] as const satisfies readonly ScanFilter['kind'][];
/** Rare quote coins are found by typing. */
const MOST_QUOTES = 12;

interface ScannerFiltersProps {
  readonly filter: ScanFilter;
  /** Most frequent first. */
  readonly quotes: readonly string[];
  readonly onText: (text: string) => void;
  readonly onChange: (patch: Partial<Omit<ScanFilter, 'text'>>) => void;
  /** At the end. */
  readonly children: ReactNode;
}

/** What of all instruments is wanted. */
export function ScannerFilters({ filter, quotes, onText, onChange, children }: ScannerFiltersProps) {
  const { t } = useTranslation();
  const chosen = filter.quotes;
  const offered = [...new Set([...quotes.slice(0, MOST_QUOTES), ...chosen])];
  const volumes = VOLUMES.includes(filter.minUsdVolume) ? VOLUMES : [...VOLUMES, filter.minUsdVolume];
  return (
    <div className="scan-filters">
      <input
        type="search"
        className="field scan-text"
        data-testid="scan-text"
        aria-label={t('scan.filter')}
        placeholder={t('scan.filter')}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        value={filter.text}
        onChange={({ target }) => onText(target.value)}
      />
      <Select
        label={t('scan.kind')}
        testId="scan-kind"
        className="field scan-choice"
        value={filter.kind}
        options={KINDS.map((value) => ({ value, label: t(`scan.kind-${value}`) }))}
        onChoose={(kind) => onChange({ kind })}
      />
      <Menu
        button={chosen.length === 0 ? t('scan.all-quotes') : chosen.join(' · ')}
        buttonClass="button scan-choice"
        label={t('scan.quotes')}
        testId="scan-quotes"
        items={[
          {
            id: 'all',
            label: t('scan.all-quotes'),
            checked: chosen.length === 0,
            onSelect: () => onChange({ quotes: [] }),
          },
          'separator',
          ...offered.map((quote) => ({
            id: quote,
            label: quote,
            checked: chosen.includes(quote),
            staysOpen: true,
            onSelect: () =>
              onChange({
                quotes: chosen.includes(quote)
                  ? chosen.filter((other) => other !== quote)
                  : [...chosen, quote],
              }),
          })),
        ]}
      />
      <Select
        label={t('scan.volume')}
        testId="scan-volume"
        className="field scan-choice"
        value={String(filter.minUsdVolume)}
        options={volumes.map((volume) => ({
          value: String(volume),
          label:
            volume === 0
              ? t('scan.any-volume')
              : t('scan.volume-from', { volume: formatCompact(volume, currentLanguage()) }),
        }))}
        onChoose={(value) => onChange({ minUsdVolume: Number(value) })}
      />
      {children}
    </div>
  );
}
