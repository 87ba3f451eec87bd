import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '#shared/base/errors.ts';
import type { Environment } from '#shared/domain/account.ts';
import type { EventLog } from '../../health/event-log.ts';
import { copyBeside } from '../../keep-beside.ts';
import { writeDurably } from '../../keys/write-durably.ts';
import { readPaperState } from './paper-schema.ts';
import type { PaperState } from './paper-state.ts';

/** Where the paper accounts of one kind of market data are kept: those of a simulator mean nothing on the real prices. */
export interface PaperFile {
  /** By venue id. */
  readonly kept: ReadonlyMap<string, PaperState>;
  /** Durably, or the log says once that it cannot be; true: it was. */
  write(accounts: ReadonlyMap<string, PaperState>): boolean;
}

/** `paper.json` for the real markets, `paper-simulator.json` and so on for the others. */
export function openPaperFile(dataDir: string, environment: Environment, log: EventLog): PaperFile {
  const path = join(dataDir, environment === 'mainnet' ? 'paper.json' : `paper-${environment}.json`);
  const kept = new Map<string, PaperState>();
  let isFailing = false;

  function read(): void {
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') {
        log.add('error', 'paper.unreadable', `paper accounts: ${messageOf(fault)}`, { file: path });
      }
      return;
    }
    const lost: string[] = [];
    try {
      const { accounts } = JSON.parse(bytes.toString('utf8')) as {
        accounts: Readonly<Record<string, unknown>>;
      };
      for (const [venue, value] of Object.entries(accounts)) {
        const state = readPaperState(value);
        if (state) kept.set(venue, state);
        else lost.push(venue);
      }
    } catch {
      lost.push('all');
    }
    if (lost.length === 0) return;
    // As it was, so that nothing is gone for good.
    const file = copyBeside(path, bytes);
    log.add('error', 'paper.broken', `paper accounts that make no sense were set aside: ${lost.join(', ')}`, {
      accounts: lost.join(', '),
      file,
    });
  }

  read();
  return {
    kept,
    write(accounts) {
      try {
        writeDurably(path, JSON.stringify({ accounts: Object.fromEntries(accounts) }));
        isFailing = false;
        return true;
      } catch (fault) {
        if (!isFailing) log.add('error', 'paper.unwritable', messageOf(fault), { file: path });
        isFailing = true;
        return false;
      }
    },
  };
}
