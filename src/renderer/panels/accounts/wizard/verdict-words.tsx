import { useTranslation } from 'react-i18next';
import type { KeyVerdict } from '#shared/domain/account.ts';
import { RightsList } from '../list/rights-list.tsx';

const SHAPES = {
  trade: 'm2 5.2 2.2 2.3L8 2.5',
  'read-only': 'M5 2v4M5 8v.2',
  refused: 'm2 2 6 6M8 2 2 8',
} as const;

/** What a key may do and what Heartline makes of it: what was found, why, and what to do. */
export function VerdictWords({ verdict, venue }: { readonly verdict: KeyVerdict; readonly venue: string }) {
  const { t } = useTranslation();
  const words = () => {
    if (verdict.kind === 'refused') {
      return {
        title: t('verdict.refused'),
        what: t(`refusal.${verdict.reason}`, { venue }),
        next: t(`refusal.${verdict.reason}-do`, { venue }),
      };
    }
    if (verdict.kind === 'read-only') {
      return {
        title: t('verdict.read-only'),
        what: t(`verdict.${verdict.reason}`, { venue }),
        next: t(`verdict.${verdict.reason}-do`, { venue }),
      };
    }
    return { title: t('verdict.trade'), what: t('verdict.trade-means'), next: undefined };
  };
  const { title, what, next } = words();
  return (
    <section className="verdict" data-verdict={verdict.kind} role="status" data-testid="verdict">
      <p className="verdict-title">
        <svg aria-hidden="true" viewBox="0 0 10 10" className="glyph">
          <path
            d={SHAPES[verdict.kind]}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.8"
            strokeLinecap="round"
          />
        </svg>
        <strong>{title}</strong>
      </p>
      <p>{what}</p>
      {next !== undefined && <p className="account-next">{next}</p>}
      {verdict.kind === 'refused' && <p className="text-dim">{t('verdict.nothing-kept')}</p>}
      {verdict.rights && <RightsList rights={verdict.rights} isLong />}
    </section>
  );
}
