import type { Clock } from '#shared/base/clock.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { KeyAnswer } from '#shared/contract/account-views.ts';
import type { AccountId, Environment } from '#shared/domain/account.ts';
import type { Credentials } from '#venues/account.ts';
import type { KeyRecord } from '../accounts/key-shelf.ts';
import type { EventLog } from '../health/event-log.ts';
import type { KeyDesk, KeyDesks } from './key-desks.ts';
import { accountDetails, type KeyNotices } from './key-notices.ts';
import type { KeyRing } from './key-ring.ts';
import { createRecheckTimes } from './recheck-times.ts';
import { isAboutKey } from './rights.ts';
import type { KeyVerifier, Verified } from './verify-key.ts';

export interface KeyRecheckOptions {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly desks: KeyDesks;
  readonly ring: KeyRing;
  readonly verifier: KeyVerifier;
  readonly notices: KeyNotices;
}

export interface KeyRechecks {
  /** Asks now. Throws `account.unknown`, `account.not-offered`, `account.changed`, `keys.locked`, `keys.missing` {label}. */
  now(account: AccountId): Promise<KeyAnswer>;
  /** Its rights are known to be fresh: the next time is tomorrow. */
  wasVerified(account: AccountId): void;
  forget(account: AccountId): void;
  dispose(): void;
}

/** Asks what the kept keys may do after the start, after every unlocking, and daily: and acts on the answer. */
export function createKeyRechecks(options: KeyRecheckOptions): KeyRechecks {
  const { log, desks, ring, verifier, notices } = options;
  /** Asked for since the start, or since they were unlocked. */
  const verified = new Set<AccountId>();
  /** Under way: who asks meanwhile shares the answer. */
  const asking = new Map<Credentials, Promise<KeyAnswer>>();
  const times = createRecheckTimes(options.clock, quietly);
  const offChange = ring.onChange(follow);

  function follow(): void {
    const usable = ring.records.filter(
      ({ id, venue, environment }) => ring.credentialsOf(id) !== undefined && desks.has(venue, environment),
    );
    // Locked: the daily look must not begin anew with every unlocking, or it never comes.
    for (const { id } of ring.records) if (!ring.credentialsOf(id)) verified.delete(id);
    times.follow(
      usable.map(({ id }) => id),
      (account) => verified.has(account),
    );
  }

  const who = (record: KeyRecord) => accountDetails(record, desks.nameOf(record.venue));

  /** What was found out of a kept key, put down and acted upon. */
  async function settle(record: KeyRecord, { verdict, venueCode }: Verified): Promise<void> {
    const { refusal: _settled, ...rest } = record;
    if (verdict.kind !== 'refused') {
      if (verdict.kind !== record.mode) {
        const change = verdict.kind === 'trade' ? 'may trade now' : 'may only read now';
        log.add('warn', 'account.mode', `${record.label} ${change}`, { ...who(record), mode: verdict.kind });
      }
      ring.amend({ ...rest, mode: verdict.kind, rights: verdict.rights });
      return notices.confirmed({ ...record, rights: verdict.rights });
    }
    const { reason, rights = record.rights } = verdict;
    if (!isAboutKey(reason)) {
      log.add('warn', 'account.recheck-failed', `${record.label} could not be checked: ${reason}`, {
        ...who(record),
        reason,
        venueCode,
      });
      return;
    }
    notices.refused(record, reason, venueCode);
    const isDangerous = reason === 'withdraw' || reason === 'transfer';
    // Out of use first, whatever the disk and the keychain say to the rest.
    const wiping = isDangerous ? ring.wipe(record.id) : Promise.resolve();
    try {
      ring.amend({ ...rest, rights, refusal: reason });
    } finally {
      await wiping;
    }
  }

  async function now(account: AccountId): Promise<KeyAnswer> {
    const { venue, environment, label } = recordIn(ring, account);
    const desk = desks.of(venue, environment);
    const credentials = ring.credentialsOf(account);
    if (!credentials) {
      ring.needOpen();
      throw new HeartlineError('keys.missing', `there is no key for ${label}`, { details: { label } });
    }
    const underWay = asking.get(credentials);
    if (underWay !== undefined) return underWay;
    const answer = ask(account, desk, environment, credentials).finally(() => asking.delete(credentials));
    asking.set(credentials, answer);
    return answer;
  }

  async function ask(
    account: AccountId,
    desk: KeyDesk,
    environment: Environment,
    credentials: Credentials,
  ): Promise<KeyAnswer> {
    const asked = await verifier.verify(desk, environment, credentials);
    // Rotated, removed or locked meanwhile: what was asked about is not what is kept.
    if (ring.credentialsOf(account) !== credentials) {
      throw new HeartlineError('account.changed', 'the account was changed while its key was checked');
    }
    verified.add(account);
    await settle(recordIn(ring, account), asked);
    return { verdict: asked.verdict, account };
  }

  async function quietly(account: AccountId): Promise<boolean> {
    try {
      const { verdict } = await now(account);
      return verdict.kind !== 'refused' || isAboutKey(verdict.reason);
    } catch (fault) {
      const known = fault instanceof HeartlineError ? fault : undefined;
      if (known && ['rest.stopped', 'account.changed', 'account.unknown'].includes(known.code)) return false;
      log.add('error', known?.code ?? 'internal', messageOf(fault), known?.details ?? {});
      return false;
    }
  }

  return {
    now,
    wasVerified: (account) => void verified.add(account),
    forget: (account) => void verified.delete(account),
    dispose() {
      offChange();
      times.dispose();
    },
  };
}

/** Throws `account.unknown`. */
export function recordIn(ring: KeyRing, account: AccountId): KeyRecord {
  const record = ring.records.find(({ id }) => id === account);
  if (record) return record;
  throw new HeartlineError('account.unknown', `there is no account ${account}`, { details: { account } });
}
