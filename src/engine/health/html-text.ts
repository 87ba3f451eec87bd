/** HTML that is safe to write: only `escaped` and `markup` make it. */
export interface Markup {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Controls, and what turns the direction of the text around it: a hostile name must not rewrite its neighbours. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Any text, as text. `lines`: line ends stay. */
export function escaped(text: string, lines?: 'lines'): Markup {
  const visible = text.replaceAll(UNSEEN, (unseen) =>
    lines !== undefined && unseen === '\n'
      ? unseen
      : `\\u${(unseen.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return { html: visible.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '') };
}

/** A template whose every value is markup already: a bare string does not compile. */
export function markup(
  texts: TemplateStringsArray,
  ...values: readonly (Markup | readonly Markup[])[]
): Markup {
  const filled = values.map((value) =>
    'html' in value ? value.html : value.map(({ html }) => html).join('\n'),
  );
  return { html: String.raw({ raw: texts }, ...filled) };
}

export function table(heads: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const cells = (row: readonly Markup[]) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
  return markup`<table><thead><tr>${heads.map((head) => markup`<th>${escaped(head)}</th>`)}</tr></thead><tbody>${rows.map(cells)}</tbody></table>`;
}

export function fact(name: string, value: Markup | string | number): Markup {
  const text = typeof value === 'object' ? value : escaped(String(value));
  return markup`<dt>${escaped(name)}</dt><dd>${text}</dd>`;
}

export function facts(list: readonly Markup[]): Markup {
  return markup`<dl>${list}</dl>`;
}
