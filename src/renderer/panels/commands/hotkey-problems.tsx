import { useTranslation } from 'react-i18next';
import type { BindingProblem } from '../../commands/bindings.ts';
import { COMMANDS } from '../../commands/commands.ts';
import { useChordLabel } from './use-keys.ts';

/** What of the kept keys is not followed, and what holds instead. */
export function HotkeyProblems({ problems }: { readonly problems: readonly BindingProblem[] }) {
  const { t } = useTranslation();
  const label = useChordLabel();
  if (problems.length === 0) return null;
  const titleOf = (id: string) => {
    const command = COMMANDS.find((one) => one.id === id);
    return command === undefined ? id : t(command.titleKey);
  };
  const textOf = (problem: BindingProblem) => {
    switch (problem.kind) {
      case 'unknown':
        return t('keyproblem.unknown', { id: problem.id });
      case 'broken':
        return t('keyproblem.broken', { text: problem.text, title: titleOf(problem.id) });
      case 'reserved':
        return t('keyproblem.reserved', { keys: label(problem.chord), title: titleOf(problem.id) });
      case 'taken':
        return t('keyproblem.taken', {
          keys: label(problem.chord),
          title: titleOf(problem.id),
          by: titleOf(problem.by),
        });
    }
  };
  return (
    <div className="hotkey-problems text-warn" role="status" data-testid="hotkey-problems">
      <p>{t('keyproblem.title')}</p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.kind} ${problem.id}`}>{textOf(problem)}</li>
        ))}
      </ul>
    </div>
  );
}
