// A Heartline that is nothing but its keychain, the system's own: one request a line on standard input, one answer a line
// on standard output. Keys come in by the pipe, as in the real one: never by argument or environment.
import { createInterface } from 'node:readline';
import { HeartlineError } from '#shared/base/errors.ts';
import { Secret } from '#shared/base/secret.ts';
import { accountId, type KeyRights } from '#shared/domain/account.ts';
import type { KeyStore } from '../key-store.ts';
import { openKeychain } from '../keychain.ts';
import { loadKeyring } from '../load-keyring.ts';
import { createKeyStage, VENUE } from './key-stage.ts';

interface Request {
  readonly op: 'open' | 'read' | 'write' | 'remove' | 'add';
  readonly account: string;
  readonly apiKey: string;
  readonly secret: string;
  /** `add`: what the venue says of it. */
  readonly rights?: Partial<KeyRights>;
}

let keychain: KeyStore | undefined;

async function answer({ op, account, apiKey, secret, rights }: Request): Promise<unknown> {
  keychain ??= openKeychain(await loadKeyring(), process.platform);
  switch (op) {
    case 'add':
      return add(apiKey, secret, rights);
    case 'open':
      return keychain.backend;
    case 'read': {
      const read = await keychain.read(accountId(account));
      return read ? [read.apiKey.reveal(), read.secret.reveal()] : null;
    }
    case 'write':
      return keychain.write(accountId(account), { apiKey: new Secret(apiKey), secret: new Secret(secret) });
    case 'remove':
      return keychain.remove(accountId(account));
  }
}

/** Through the whole room, as a window would: and whether a file of the data folder has any of it. */
async function add(apiKey: string, secret: string, rights: Partial<KeyRights> = {}): Promise<unknown> {
  const stage = createKeyStage();
  stage.keys.set(apiKey, { secret, rights });
  try {
    const room = await stage.room({ keyring: loadKeyring });
    const environment = 'simulator';
    const added = await room.requests['accounts.add']({
      venue: VENUE,
      environment,
      label: 'Real',
      apiKey,
      secret,
    });
    const again = await stage.room({ keyring: loadKeyring });
    const isOnDisk = Object.values(stage.files()).some(
      (file) => file.includes(apiKey) || file.includes(secret),
    );
    return {
      kind: added.verdict.kind,
      held: again.records.map(({ id }) => again.credentialsOf(id)?.secret.reveal()),
      isOnDisk,
      view: again.view(),
    };
  } finally {
    stage.dispose();
  }
}

for await (const line of createInterface(process.stdin)) {
  let said: object;
  try {
    said = { answer: (await answer(JSON.parse(line) as Request)) ?? null };
  } catch (fault) {
    said =
      fault instanceof HeartlineError
        ? { code: fault.code, message: fault.message }
        : { fault: String(fault) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
