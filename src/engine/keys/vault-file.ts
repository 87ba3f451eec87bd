import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  type ScryptOptions,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';

/**
 * What a guess costs: 2^17 blocks of 1 KiB (r = 8), once. 128 MiB and some 0.4 s on a desktop of 2024, for us as for
 * whoever has stolen the file.
 */
export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}
export const SCRYPT_COST: ScryptCost = { n: 131_072, r: 8, p: 1 };

const KEY_BYTES = 32;
const bytesOf = (length: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === length);
const textOf = (length: number) => z.base64().refine((text) => Buffer.from(text, 'base64').length === length);
const power = (most: number) =>
  z
    .number()
    .int()
    .min(2)
    .max(most)
    .refine((value) => Number.isInteger(Math.log2(value)));

/** Bounded: a file from somebody else must not make us spend gigabytes on it. */
const headSchema = z.strictObject({
  format: z.literal('heartline-vault'),
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    n: power(2 ** 18),
    r: z.number().int().min(1).max(8),
    p: z.number().int().min(1).max(4),
    salt: textOf(16),
  }),
  cipher: z.literal('aes-256-gcm'),
  /** SHA-256 of the derived bytes the cipher does not use: tells a wrong passphrase from damaged content. */
  proof: textOf(32),
});
type VaultHead = z.output<typeof headSchema>;

const fileSchema = z.strictObject({
  head: headSchema,
  /** SHA-256 of the head: a head that rotted would look like a wrong passphrase. */
  check: bytesOf(32),
  nonce: bytesOf(12),
  tag: bytesOf(16),
  content: z.base64(),
});
const newerSchema = z.object({
  head: z.object({ format: z.literal('heartline-vault'), version: z.number().min(2) }),
});
export type SealedVault = z.output<typeof fileSchema>;

/** What opens and seals one vault; `dispose` wipes it. */
export interface VaultKey extends Disposable {
  readonly head: VaultHead;
  readonly key: Buffer;
}

/** A key for a new vault or a new passphrase: its own salt. */
export async function newVaultKey(passphrase: string, cost: ScryptCost): Promise<VaultKey> {
  const salt = randomBytes(16).toString('base64');
  // In the order of the schema: the head is authenticated as its text.
  const kdf = { name: 'scrypt', n: cost.n, r: cost.r, p: cost.p, salt } as const;
  const { key, proof } = await derive(passphrase, kdf);
  const head = {
    format: 'heartline-vault',
    version: 1,
    kdf,
    cipher: 'aes-256-gcm',
    proof: proof.toString('base64'),
  } as const;
  return vaultKey(head, key);
}

/** `undefined`: the passphrase is wrong. */
export async function keyFor({ head }: SealedVault, passphrase: string): Promise<VaultKey | undefined> {
  const { key, proof } = await derive(passphrase, head.kdf);
  if (timingSafeEqual(proof, Buffer.from(head.proof, 'base64'))) return vaultKey(head, key);
  key.fill(0);
  return undefined;
}

/** The whole file's text. A nonce is never used twice: it is drawn anew for every writing. */
export function seal({ head, key }: VaultKey, content: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(JSON.stringify(head)));
  const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
  const file = {
    head,
    check: checkOf(head).toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    content: sealed.toString('base64'),
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Throws `keys.vault-damaged`, or `keys.vault-newer` for one of a later Heartline, which is none the worse for it. */
export function readSealed(text: string): SealedVault {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('it is no vault');
  }
  if (newerSchema.safeParse(value).success) {
    throw new HeartlineError('keys.vault-newer', 'the vault was made by a newer Heartline');
  }
  const checked = fileSchema.safeParse(value);
  if (!checked.success) throw damaged('parts of it are missing or make no sense');
  if (!timingSafeEqual(checkOf(checked.data.head), checked.data.check)) throw damaged('its head was changed');
  return checked.data;
}

/** The content. Throws `keys.vault-damaged`: the key being right, nothing else can be the matter. */
export function unseal({ head, nonce, tag, content }: SealedVault, { key }: VaultKey): string {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(JSON.stringify(head)));
    cipher.setAuthTag(tag);
    const opened = Buffer.concat([cipher.update(Buffer.from(content, 'base64')), cipher.final()]);
    const text = opened.toString('utf8');
    opened.fill(0);
    return text;
  } catch {
    throw damaged('its content was changed');
  }
}

export function damaged(reason: string): HeartlineError {
  return new HeartlineError('keys.vault-damaged', `the vault is damaged: ${reason}`, { details: { reason } });
}

function vaultKey(head: VaultHead, key: Buffer): VaultKey {
  return {
    head,
    key,
    [Symbol.dispose]() {
      key.fill(0);
    },
  };
}

function checkOf(head: VaultHead): Buffer {
  return createHash('sha256').update(JSON.stringify(head)).digest();
}

/** The same letters typed on another system may be other code points: NFKC makes them one. */
async function derive(
  passphrase: string,
  { n, r, p, salt }: ScryptCost & { readonly salt: string },
): Promise<{ readonly key: Buffer; readonly proof: Buffer }> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  const both = await derived(
    passphrase.normalize('NFKC'),
    Buffer.from(salt, 'base64'),
    2 * KEY_BYTES,
    options,
  ).catch((fault: unknown) => {
    // The head was checked: what fails is this machine (memory, most likely), and not the file.
    throw new HeartlineError('keys.fault', 'no passphrase can be tried here', {
      details: { reason: messageOf(fault) },
    });
  });
  const proof = createHash('sha256').update(both.subarray(KEY_BYTES)).digest();
  const key = Buffer.from(both.subarray(0, KEY_BYTES));
  both.fill(0);
  return { key, proof };
}

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** Some of what it refuses it throws at once. */
async function derived(...input: Parameters<typeof scryptAsync>): Promise<Buffer> {
  return scryptAsync(...input);
}
