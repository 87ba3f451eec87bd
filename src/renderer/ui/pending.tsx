import { useTranslation } from 'react-i18next';
import type { HeartlineError } from '#shared/base/errors.ts';
import { errorText } from '../i18n/text-for.ts';

interface PendingProps {
  readonly error: HeartlineError | undefined;
  /** Said while there is neither an answer nor an error. */
  readonly waiting: string;
  readonly onRetry: () => void;
}

/** In the place of what is not there yet, or could not be had: says which, and offers to ask again. */
export function Pending({ error, waiting, onRetry }: PendingProps) {
  const { t } = useTranslation();
  if (error === undefined) {
    return (
      <p className="panel-empty" role="status">
        {waiting}
      </p>
    );
  }
  return (
    <div className="panel-fault" role="status" data-testid="pending-failed">
      <p>{errorText(error)}</p>
      <button type="button" className="button" onClick={onRetry}>
        {t('pending.again')}
      </button>
    </div>
  );
}
