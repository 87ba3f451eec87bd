import { useTranslation } from 'react-i18next';
import type { Environment } from '#shared/domain/account.ts';

/** Where a key is good. Real money has a colour and a word that nothing else has. */
export function EnvironmentBadge({ environment }: { readonly environment: Environment | 'paper' }) {
  const { t } = useTranslation();
  return (
    <span
      className="environment"
      data-environment={environment}
      title={t(`environment.${environment}-means`)}
      data-testid="environment"
    >
      {environment === 'mainnet' && (
        <svg aria-hidden="true" viewBox="0 0 10 10" className="glyph">
          <path d="M5 .6 9.4 5 5 9.4.6 5z" fill="currentColor" />
        </svg>
      )}
      {t(`environment.${environment}`)}
    </span>
  );
}
