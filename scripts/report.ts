/** Progress lines, the same in `npm test` and `npm run check`. */
export function stepLine(passed: boolean, name: string, durationMs: number, note = ''): string {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  return `${passed ? '✔' : '✖'} ${name.padEnd(22)} ${seconds.padStart(8)}${note === '' ? '' : `  ${note}`}\n`;
}

export function skipLine(name: string, reason: string): string {
  return `↓ ${name.padEnd(22)} skipped: ${reason}\n`;
}

/** What a failed program printed, indented; a very long text keeps its head and its tail. */
export function details(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown =
    lines.length <= 400
      ? lines
      : [...lines.slice(0, 250), `… ${lines.length - 400} lines left out …`, ...lines.slice(-150)];
  return `${shown.map((line) => `    ${line}`).join('\n')}\n`;
}
