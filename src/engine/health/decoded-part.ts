/** A part of an address, percent signs resolved; a lone `%` is itself. Never throws. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
