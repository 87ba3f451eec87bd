import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/select.tsx';
import { INK_NAMES, type InkName } from './inks.ts';

interface InkPickerProps {
  readonly ink: string;
  readonly testId: string;
  readonly onChoose: (ink: InkName) => void;
}

/** A colour of the chart's, by its look and its name. */
export function InkPicker({ ink, testId, onChoose }: InkPickerProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('ink.title')}
      testId={testId}
      value={INK_NAMES.find((name) => name === ink) ?? 'blue'}
      options={INK_NAMES.map((name) => ({
        value: name,
        label: t(`ink.${name}`),
        icon: <span className={`ink ink-${name}`} aria-hidden="true" />,
      }))}
      onChoose={onChoose}
    />
  );
}
