import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { KeyRights, Right } from '#shared/domain/account.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatMoment } from '../../../ui/format-time.ts';

const ASKED = ['read', 'trade', 'withdraw', 'transfer', 'ipBound'] as const;
type Asked = (typeof ASKED)[number];
const DAY = 86_400_000;
const SOON_DAYS = 14;

const SHAPES: Readonly<Record<Right, string>> = {
  yes: 'M1.5 5.2 4 7.7 8.5 2.3',
  no: 'M2 5h6',
  unknown: 'M3.2 3.4a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.7-.8 1.2M5 8.2v.3',
};

/** Whether a right is as it should be: a key that takes money away is not. */
function judged(name: Asked, right: Right): 'good' | 'bad' | 'open' {
  if (name === 'withdraw' || name === 'transfer')
    return right === 'yes' ? 'bad' : right === 'no' ? 'good' : 'open';
  if (name === 'read') return right === 'no' ? 'bad' : right === 'yes' ? 'good' : 'open';
  return right === 'yes' ? 'good' : 'open';
}

/** What a key may do: shape, word and colour each. */
export function RightsList({
  rights,
  isLong = false,
}: {
  readonly rights: KeyRights;
  readonly isLong?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <ul className="rights" data-long={isLong || undefined} data-testid="rights" aria-label={t('right.title')}>
      {ASKED.map((name) => {
        const right = rights[name];
        return (
          <li
            key={name}
            data-right={name}
            data-is={right}
            data-judged={judged(name, right)}
            title={`${t(`right.${name}-means`)} ${t(`right.is-${right}`)}`}
          >
            <svg aria-hidden="true" viewBox="0 0 10 10" className="glyph">
              <path
                d={SHAPES[right]}
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
                strokeLinecap="round"
              />
            </svg>
            <span>{t(`right.${name}`)}</span>
            <span className={isLong ? '' : 'sr-only'}> {t(`right.is-${right}`)}</span>
            {isLong && <span className="text-dim">{t(`right.${name}-means`)}</span>}
          </li>
        );
      })}
      <Expiry rights={rights} />
    </ul>
  );
}

function Expiry({ rights: { expiresAt } }: { readonly rights: KeyRights }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const days = useStore(pulse, ({ now }) =>
    expiresAt === undefined ? undefined : Math.floor((expiresAt - now) / DAY),
  );
  if (expiresAt === undefined || days === undefined) return null;
  const judgement = days < 0 ? 'bad' : days < SOON_DAYS ? 'soon' : 'open';
  return (
    <li data-right="expiry" data-judged={judgement} title={formatMoment(expiresAt)}>
      {days < 0 ? t('right.expired') : t('right.expires', { count: days })}
    </li>
  );
}
