import { HeartlineError } from '#shared/base/errors.ts';

/**
 * Splits `--name value` and `--name=value` from plain words. Only the names given are known.
 * Throws `argument.unknown`, `argument.missing`.
 */
export function splitArguments(
  argv: readonly string[],
  known: readonly string[],
): { readonly words: readonly string[]; readonly options: ReadonlyMap<string, string> } {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const text = argv[index] ?? '';
    if (!text.startsWith('--')) {
      words.push(text);
      continue;
    }
    const [name = '', inline] = text.slice(2).split(/=(.*)/s);
    if (!known.includes(name)) {
      throw new HeartlineError(
        'argument.unknown',
        `Unknown option --${name}. Known: ${known.map((one) => `--${one}`).join(', ')}.`,
      );
    }
    const value = inline ?? argv[++index];
    if (value === undefined) throw new HeartlineError('argument.missing', `--${name} needs a value.`);
    options.set(name, value);
  }
  return { words, options };
}
