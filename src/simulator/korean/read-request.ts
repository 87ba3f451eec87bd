import { FORMATS, type Format } from './dialect.ts';

/** One object of a request that names a type. */
export interface TypeObject {
  readonly type: unknown;
  readonly codes: unknown;
  readonly level: unknown;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A request's parts, before anybody has asked whether they make sense. */
export interface RequestParts {
  readonly ticket: unknown;
  readonly method: unknown;
  readonly format: unknown;
  readonly types: readonly TypeObject[];
}

/** Splits a request into its parts; `undefined` when it is no JSON array of objects. */
export function readRequest(text: string): RequestParts | undefined {
  const items = parsed(text);
  if (!Array.isArray(items) || items.some((item) => typeof item !== 'object' || item === null)) {
    return undefined;
  }
  const objects = items as Readonly<Record<string, unknown>>[];
  const first = (key: string) => objects.find((item) => Object.hasOwn(item, key))?.[key];
  return {
    ticket: first('ticket'),
    method: first('method'),
    format: first('format'),
    types: objects
      .filter((item) => ['ticket', 'method', 'format'].every((key) => !Object.hasOwn(item, key)))
      .map((fields) => ({
        type: fields['type'],
        codes: fields['codes'],
        level: fields['level'],
        fields,
      })),
  };
}

/** Names of a ticket are free, but it must be there. */
export function isTicket(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

export function isFormat(value: unknown): value is Format {
  return (FORMATS as readonly unknown[]).includes(value);
}

/** `KRW-BTC.15` → `KRW-BTC` and 15; a suffix that is no number belongs to the code, and so to nothing. */
export function splitCode(code: string): { readonly code: string; readonly units: number | undefined } {
  const found = /^(.+)\.(\d{1,3})$/.exec(code);
  return found ? { code: found[1] as string, units: Number(found[2]) } : { code, units: undefined };
}

/** The codes of a type object that are texts; `undefined` when there is no list, or an empty one. */
export function codesOf({ codes }: TypeObject): readonly string[] | undefined {
  if (!Array.isArray(codes) || codes.length === 0) return undefined;
  return codes.filter((code) => typeof code === 'string');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
