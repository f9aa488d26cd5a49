/** A notice's text as sections, and the ways real platforms lay the same text out. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] };

export interface Section {
  heading: string;
  blocks: Block[];
}

/** A paragraph. */
export const text = (content: string): Block => ({ kind: 'text', text: content });
/** Labelled values. */
export const facts = (...rows: (readonly [string, string])[]): Block => ({ kind: 'facts', rows });
/** A table with a header row. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});
/** A section. */
export const section = (heading: string, ...blocks: Block[]): Section => ({ heading, blocks });

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

interface Layout {
  heading(title: string, index: number): string;
  text(content: string): string;
  fact(label: string, value: string): string;
  /** Wraps the facts of one block. */
  facts(rows: string): string;
  tableOpen: string;
  wrap(inner: string): string;
}

const WORD = 'text-indent:2em;line-height:28px;margin:0';
const FONT = 'font-family:宋体;font-size:16px';

const LAYOUTS: readonly Layout[] = [
  {
    heading: (title, index) => `<p><strong>${NUMERALS[index]}、${title}</strong></p>`,
    text: (content) => `<p>${content}</p>`,
    fact: (label, value) => `<p>${label}：${value}</p>`,
    facts: (rows) => rows,
    tableOpen: '<table border="1" cellspacing="0">',
    wrap: (inner) => inner,
  },
  {
    heading: (title, index) =>
      `<p style="${WORD}"><span style="${FONT};font-weight:bold">${NUMERALS[index]}、${title}</span></p>`,
    text: (content) => `<p style="${WORD}"><span style="${FONT}">${content}</span></p>`,
    fact: (label, value) =>
      `<p style="${WORD}"><span style="${FONT}">${label}：</span><span style="${FONT};text-decoration:underline">${value}</span></p>`,
    facts: (rows) => rows,
    tableOpen: '<table class="MsoNormalTable" border="1" width="620" style="border-collapse:collapse">',
    wrap: (inner) => `<div class="WordSection1">${inner}<p>&nbsp;</p></div>`,
  },
  {
    heading: (title) => `<h3 class="title">${title}</h3>`,
    text: (content) => `<div class="txt">${content}</div>`,
    fact: (label, value) => `<tr><td class="title">${label}</td><td>${value}</td></tr>`,
    facts: (rows) => `<table class="info"><tbody>${rows}</tbody></table>`,
    tableOpen: '<table class="list">',
    wrap: (inner) => `<div class="article"><style>*{margin:0;padding:0}</style>${inner}</div>`,
  },
  {
    heading: (title, index) => `<h4>${index + 1}．${title}</h4>`,
    text: (content) => `<p>&nbsp;&nbsp;&nbsp;&nbsp;${content}</p>`,
    fact: (label, value) => `<li><b>${label}</b>: ${value}</li>`,
    facts: (rows) => `<ul>${rows}</ul>`,
    tableOpen: '<table class="detail_Table">',
    wrap: (inner) => `<div class="ewb-article">${inner}</div>`,
  },
];

/** Number of layouts `renderSections` knows. */
export const LAYOUT_COUNT = LAYOUTS.length;

function renderBlock(block: Block, layout: Layout): string {
  if (block.kind === 'text') return layout.text(block.text);
  if (block.kind === 'facts') return layout.facts(block.rows.map((row) => layout.fact(row[0], row[1])).join('\n'));
  const head = `<tr>${block.head.map((cell) => `<th>${cell}</th>`).join('')}</tr>`;
  const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `${layout.tableOpen}${head}${rows.join('\n')}</table>`;
}

/** HTML of a notice body in one of the layouts. */
export function renderSections(sections: readonly Section[], layoutIndex: number): string {
  const layout = LAYOUTS[layoutIndex % LAYOUTS.length] as Layout;
  const inner = sections.map((part, index) => {
    const blocks = part.blocks.map((block) => renderBlock(block, layout)).join('\n');
    return part.heading ? `${layout.heading(part.heading, index)}\n${blocks}` : blocks;
  });
  return layout.wrap(inner.join('\n'));
}
