import type { Answer } from './http.ts';

/** How a list can come out wrong. Rows are whole: only which, how often and in what order is not what was promised. */
const MANGLES: Readonly<
  Record<string, (rows: readonly string[], isNewestFirst: boolean) => readonly string[]>
> = {
  short: (rows, isNewestFirst) => {
    const half = Math.floor(rows.length / 2);
    return isNewestFirst ? rows.slice(0, half) : rows.slice(-half);
  },
  double: (rows) => rows.flatMap((row, index) => (index % 3 === 0 ? [row, row] : [row])),
  unordered: (rows) => rows.map((row, index) => rows[index % 2 === 0 ? index + 1 : index - 1] ?? row),
};

/**
 * The answer with its list mangled: the whole body where that is a list, else the list in its `result`. Works on the
 * text, so that every number keeps its spelling. Answers without a list, and unknown styles, stay as they are.
 */
export function mangledPage(answer: Answer, style: string): Answer {
  const mangle = Object.hasOwn(MANGLES, style) ? MANGLES[style] : undefined;
  const start = answer.body.startsWith('[') ? 0 : answer.body.indexOf('"list":[') + '"list":'.length;
  if (!mangle || answer.body[start] !== '[') return answer;
  const { rows, end } = rowsFrom(answer.body, start);
  const list = `[${mangle(rows, isNewestFirst(rows)).join(',')}]`;
  return { ...answer, body: answer.body.slice(0, start) + list + answer.body.slice(end) };
}

/** The elements of the JSON list that begins at `start`, as texts, and where it ends. */
function rowsFrom(body: string, start: number): { readonly rows: readonly string[]; readonly end: number } {
  const rows: string[] = [];
  let depth = 0;
  let isText = false;
  let from = start + 1;
  for (let at = start; at < body.length; at++) {
    const letter = body[at];
    if (isText) {
      if (letter === '\\') at++;
      else if (letter === '"') isText = false;
      continue;
    }
    if (letter === '"') isText = true;
    else if (letter === '[' || letter === '{') depth++;
    else if (letter === ']' || letter === '}') depth--;
    if (depth > 1 || (depth === 1 && letter !== ',')) continue;
    if (at > from) rows.push(body.slice(from, at));
    from = at + 1;
    if (depth === 0) return { rows, end: at + 1 };
  }
  return { rows, end: body.length };
}

/** Lists of times: the first number of thirteen digits in a row is its time. */
function isNewestFirst(rows: readonly string[]): boolean {
  const [first, last] = [rows[0], rows.at(-1)].map((row) => Number(/\d{13}/.exec(row ?? '')?.[0] ?? 0));
  return (first ?? 0) > (last ?? 0);
}
