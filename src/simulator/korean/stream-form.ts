import type { Format, Wanted } from './dialect.ts';

/** `trade:KRW-BTC`: what faults name a stream by. */
export function streamOf(type: string, code: string): string {
  return `${type}:${code}`;
}

const names = new Map<string, { readonly type: string; readonly code: string }>();

/** Takes a stream's name apart. */
export function wantedOf(stream: string): { readonly type: string; readonly code: string } {
  let name = names.get(stream);
  if (!name) {
    const colon = stream.indexOf(':');
    name = { type: stream.slice(0, colon), code: stream.slice(colon + 1) };
    names.set(stream, name);
  }
  return name;
}

export interface Form extends Pick<Wanted, 'units' | 'level'> {
  readonly format: Format;
}

const forms = new Map<string, Form>();

/** The form a client wants a stream's frames in, as the key frames are shared by. */
export function formKey(form: Form): string {
  const key = `${form.format} ${form.units} ${form.level}`;
  if (!forms.has(key)) forms.set(key, form);
  return key;
}

/** Takes a form's key apart. */
export function formOf(key: string): Form {
  return forms.get(key) as Form;
}
