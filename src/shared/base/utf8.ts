// Every host has this, but neither the language's own types nor this area's (no DOM, no Node) name it.
declare const TextDecoder: new (
  label: string,
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, target: Uint8Array): { readonly read: number; readonly written: number };
};

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** UTF-8 bytes → text. Bytes that are no UTF-8 become U+FFFD; never throws. */
export function textOfUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Text → UTF-8 bytes. */
export function utf8OfText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Writes `text` as UTF-8 to the start of `target` and returns how many bytes it took. `target` must have 3 bytes per character. */
export function utf8Into(text: string, target: Uint8Array): number {
  return encoder.encodeInto(text, target).written;
}
