import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';

const MAX_BYTES = 1_000_000;

export interface Log {
  readonly file: string;
  info(text: string): void;
  error(text: string): void;
}

/** The shell's own log, `desktop.log` in the data folder; the one before it is kept as `desktop.old.log`. */
export function openLog(dataDir: string): Log {
  const file = join(dataDir, 'desktop.log');
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, join(dataDir, 'desktop.old.log'));
  // A closed terminal must not end the app.
  process.stderr.on('error', () => undefined);
  const write = (level: string, text: string) => {
    const line = `${new Date(systemClock.now()).toISOString()} ${level} ${text}\n`;
    process.stderr.write(line);
    try {
      appendFileSync(file, line);
    } catch (fault) {
      process.stderr.write(`the log cannot be written: ${messageOf(fault)}\n`);
    }
  };
  return { file, info: (text) => write('info', text), error: (text) => write('error', text) };
}
