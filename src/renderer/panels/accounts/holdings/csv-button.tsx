import { useTranslation } from 'react-i18next';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatFull } from '../../../ui/format-time.ts';
import { saveFile } from '../../../ui/save-file.ts';
import { type CsvField, toCsv } from './to-csv.ts';

interface CsvButtonProps<Row> {
  /** Begins the file's name. */
  readonly name: string;
  /** Made when pressed: headings are in the language of that moment. */
  readonly fields: () => readonly CsvField<Row>[];
  readonly rows: readonly Row[];
}

/** Saves the rows shown, with everything known of them. */
export function CsvButton<Row>({ name, fields, rows }: CsvButtonProps<Row>) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const save = () => {
    const at = formatFull(pulse.getState().now).replaceAll(/[^\d]/g, '');
    const bytes = new TextEncoder().encode(toCsv(fields(), rows));
    saveFile(`heartline-${name}-${at.slice(0, 8)}-${at.slice(8)}.csv`, bytes, 'text/csv;charset=utf-8');
  };
  return (
    <button
      type="button"
      className="button"
      disabled={rows.length === 0}
      title={t('holding.csv-explained')}
      data-testid="holdings-csv"
      onClick={save}
    >
      {t('holding.csv')}
    </button>
  );
}
