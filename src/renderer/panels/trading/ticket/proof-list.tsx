import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccountView } from '#shared/contract/account-views.ts';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { trustText } from '../../../i18n/order-words.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExactSigned } from '../../../ui/format-exact.ts';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { formatSeconds } from '../../../ui/format-time.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { PROOFS, type Proof, proofStates } from './proofs.ts';

const GLYPHS: Readonly<Record<'ok' | 'bad' | 'open', HealthKind>> = {
  ok: 'live',
  bad: 'failed',
  open: 'idle',
};

/** The gate as a list one can see: what is proven, what fails, what has not been judged. */
export function ProofList({ account }: { readonly account: AccountView }) {
  const { t } = useTranslation();
  const { ticket, pulse } = useDesk();
  const view = useStore(ticket.store, ({ verdict }) =>
    verdict.kind === 'told' ? verdict.view : verdict.kind === 'asking' ? verdict.before : undefined,
  );
  const answering = useStore(pulse, (state) => state.answering);
  const second = useStore(pulse, ({ now }) => Math.floor(now / 1_000));
  const offset = useStore(pulse, ({ health }) => health?.clockOffsetMs[account.venue]);
  const states = proofStates(answering ? view?.trust : undefined);
  const ago = (at: number | undefined) =>
    at === undefined
      ? UNKNOWN
      : formatSeconds(Math.max(0, second - Math.floor(at / 1_000)), currentLanguage());
  const failing = view?.trust.kind === 'blocked' ? trustText(view.trust) : '';
  const isPaper = account.environment === 'paper';
  const facts: Readonly<Record<Proof, string>> = {
    account: isPaper ? t('proof.here') : t('proof.account-fact', { age: ago(account.reconciledAt) }),
    stream: isPaper ? t('proof.here') : t('proof.stream-fact', { age: ago(account.streamHeardAt) }),
    clock: t('proof.clock-fact', {
      offset: offset === undefined ? UNKNOWN : formatExactSigned(String(Math.round(offset))),
    }),
    book: t('proof.book-fact', { age: ago(view?.bookAt) }),
  };
  return (
    <ul className="proofs" aria-label={t('proof.title')} data-testid="proofs">
      {PROOFS.map((proof) => (
        <li key={proof} data-proof={proof} data-state={states[proof]}>
          <HealthGlyph kind={GLYPHS[states[proof]]} />
          <span>{t(`proof.${proof}`)}</span>
          <span className="sr-only">{t(`proof.${states[proof]}`)}</span>
          <span className={states[proof] === 'bad' ? 'text-bad' : 'text-dim'}>
            {states[proof] === 'open' ? t('proof.open') : states[proof] === 'bad' ? failing : facts[proof]}
          </span>
        </li>
      ))}
    </ul>
  );
}
