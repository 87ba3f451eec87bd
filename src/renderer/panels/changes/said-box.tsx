import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import type { Tone } from '../trading/ticket/outcome-words.ts';

const GLYPHS: Readonly<Record<Tone, HealthKind>> = {
  good: 'live',
  open: 'connecting',
  bad: 'failed',
  warn: 'stale',
};

interface SaidBoxProps {
  readonly tone: Tone;
  readonly testId: string;
  readonly onForget: () => void;
  readonly children: ReactNode;
}

/** What came of something that was asked for: shape, words, and a button that puts it away. */
export function SaidBox({ tone, testId, onForget, children }: SaidBoxProps) {
  const { t } = useTranslation();
  return (
    <div className="outcome" data-tone={tone} data-testid={testId}>
      <HealthGlyph kind={GLYPHS[tone]} />
      <div>{children}</div>
      <button type="button" className="button" aria-label={t('outcome.dismiss')} onClick={onForget}>
        ×
      </button>
    </div>
  );
}
