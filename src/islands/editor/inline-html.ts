import type { Mark, Node } from 'prosemirror-model';
import { withoutInvisible } from '#src/domain/notices/legible.ts';

/** A run of text with its marks, or a break. */
interface Run {
  text: string;
  marks: readonly Mark[];
}

const BREAK = '\n';
const MOST_BREAKS = 2;

/** The inline content of a block as HTML, without blanks that do not show; '' where nothing shows. */
export function toInlineHtml(block: Node): string {
  return render(tidy(runsOf(block)));
}

function runsOf(block: Node): Run[] {
  return block.children.map((node) => {
    if (node.type.name === 'lineBreak') return { text: BREAK, marks: [] };
    const text = withoutInvisible(node.text ?? '').replace(/[\s\p{Cc}]+/gu, (blank) =>
      /^[\u00a0\u3000]+$/.test(blank) ? blank : ' ',
    );
    return { text: text.replace(/\p{Surrogate}/gu, ''), marks: text.trim() === '' ? [] : node.marks };
  });
}

/** Without blanks at both ends and behind breaks, without more than two breaks in a row, equal neighbours as one. */
function tidy(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const { text, marks } of runs) {
    const last = kept.at(-1);
    const isEdge = last === undefined || last.text === BREAK;
    if (text === BREAK) {
      const isMany = kept.slice(-MOST_BREAKS).every((run) => run.text === BREAK) && kept.length >= MOST_BREAKS;
      if (last !== undefined && !isMany) kept.push({ text, marks: [] });
      continue;
    }
    const rest = isEdge ? text.trimStart() : /\s$/.test(last.text) ? text.replace(/^ /, '') : text;
    if (rest === '') continue;
    if (last && !isEdge && isSame(last.marks, marks)) kept[kept.length - 1] = { text: last.text + rest, marks };
    else kept.push({ text: rest, marks });
  }
  return trimEnd(kept);
}

function trimEnd(runs: Run[]): Run[] {
  for (let last = runs.at(-1); last; last = runs.at(-1)) {
    const text = last.text.trimEnd();
    runs.pop();
    if (text === '') continue;
    runs.push({ ...last, text });
    break;
  }
  return runs;
}

function isSame(one: readonly Mark[], other: readonly Mark[]): boolean {
  return one.length === other.length && one.every((mark, index) => other[index] && mark.eq(other[index]));
}

/** Marks in the order of the schema; those that go on are not closed in between. */
function render(runs: readonly Run[]): string {
  let html = '';
  let open: readonly Mark[] = [];
  for (const { text, marks } of [...runs, { text: '', marks: [] }]) {
    const shared = open.findIndex((mark, index) => !(marks[index] && mark.eq(marks[index])));
    const common = shared === -1 ? open.length : shared;
    for (const mark of open.slice(common).toReversed()) html += `</${tagOf(mark)}>`;
    for (const mark of marks.slice(common)) html += openTag(mark);
    open = marks;
    html += text === BREAK ? '<br>' : escapeText(text);
  }
  return html;
}

const tagOf = (mark: Mark): string => (mark.type.name === 'link' ? 'a' : mark.type.name);

function openTag(mark: Mark): string {
  if (mark.type.name !== 'link') return `<${mark.type.name}>`;
  return `<a href="${escapeAttribute(String(mark.attrs.href))}" rel="nofollow noopener ugc">`;
}

const CODES: Readonly<Record<string, string>> = { '&': '26', '<': '3C', '"': '22', "'": '27', '`': '60' };

/** A text as it stands in HTML. */
export function escapeText(text: string): string {
  return text.replace(/[&<]/g, (character) => `&#x${CODES[character]};`);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"'`]/g, (character) => `&#x${CODES[character]};`);
}
