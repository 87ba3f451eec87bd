import { HeartlineError } from '#shared/base/errors.ts';

/** An answer's body, never more of it than allowed. Throws `venue.answer` for a longer one, as soon as that is known. */
export async function readBounded(
  answer: {
    text(): Promise<string>;
    readonly body?: ReadableStream<Uint8Array> | null;
  },
  maxBytes: number,
): Promise<string> {
  if (!answer.body) {
    const text = await answer.text();
    if (text.length > maxBytes) throw tooLong(maxBytes);
    return text;
  }
  const decoder = new TextDecoder();
  let length = 0;
  let text = '';
  // Leaving early cancels the stream, and with it the connection.
  for await (const part of answer.body) {
    length += part.byteLength;
    if (length > maxBytes) throw tooLong(maxBytes);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function tooLong(maxBytes: number): HeartlineError {
  return new HeartlineError('venue.answer', `the answer is longer than ${maxBytes} bytes`);
}
