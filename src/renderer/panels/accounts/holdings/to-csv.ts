/** A column of a file: its heading, and what stands in it. */
export interface CsvField<Row> {
  readonly heading: string;
  readonly of: (row: Row) => string | undefined;
}

const BOM = '\uFEFF';
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * UTF-8 with a byte order mark (Korean in a spreadsheet needs it), CRLF as RFC 4180 says. Decimals are the exact texts.
 * A text that a spreadsheet would calculate gets an apostrophe: names and reasons in it are the venue's, not ours.
 */
export function toCsv<Row>(fields: readonly CsvField<Row>[], rows: readonly Row[]): string {
  const lines = [
    fields.map(({ heading }) => cell(heading)),
    ...rows.map((row) => fields.map(({ of }) => cell(of(row) ?? ''))),
  ];
  return BOM + lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(text: string): string {
  // A spreadsheet looks past leading white space.
  const isFormula = /^\s*[=+\-@\t\r]/.test(text) && !DECIMAL.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
