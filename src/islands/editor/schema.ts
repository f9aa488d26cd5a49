import { type Attrs, type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { toWebAddress } from './web-address.ts';

/** Inline elements that bodies may hold and that have no attributes: each is a mark of its own name. */
export const INLINE_ELEMENTS = [
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'ins',
  'del',
  'mark',
  'small',
  'sub',
  'sup',
  'q',
  'code',
] as const;

const MOST_COLUMNS = 100;
const MOST_ROWS = 500;
const SCOPES = ['row', 'col', 'rowgroup', 'colgroup'];

/** Levels of headings within a body, the first of which stands below the page's own heading of it. */
export const HEADING_LEVELS = [1, 2, 3, 4] as const;

const headings = HEADING_LEVELS.map((level) => ({ tag: `h${level + 2}`, attrs: { level } }));
const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** Attributes are checked where a document comes from elsewhere: nothing else can be in it. */
function checked(isValid: (value: unknown) => boolean): { validate: (value: unknown) => void } {
  return {
    validate: (value) => {
      if (!isValid(value)) throw new RangeError('attribute out of range');
    },
  };
}

function start(element: HTMLElement): number {
  const value = Number(element.getAttribute('start') ?? 1);
  return isWhole(value, 1, 9_999) ? value : 1;
}

const tables = tableNodes({
  tableGroup: 'block',
  cellContent: '(paragraph | heading | bulletList | orderedList | blockquote | preformatted | rule | definitions)+',
  cellAttributes: {
    scope: {
      default: null,
      validate: (value) => {
        if (value !== null && !SCOPES.includes(String(value))) throw new RangeError('attribute out of range');
      },
      getFromDOM: (cell) => {
        const scope = cell.tagName === 'TH' ? cell.getAttribute('scope') : null;
        return scope !== null && SCOPES.includes(scope) ? scope : null;
      },
      setDOMAttr: (value, attrs) => {
        if (typeof value === 'string') attrs.scope = value;
      },
    },
  },
});

/** Cells with spans within what bodies may have, and without the widths that editors write as styles. */
function bounded(spec: NodeSpec, tag: 'td' | 'th'): NodeSpec {
  const span = (value: unknown, most: number) => (isWhole(Number(value), 1, most) ? Number(value) : 1);
  const attrsOf = (cell: HTMLElement): Attrs => ({
    colspan: span(cell.getAttribute('colspan') ?? 1, MOST_COLUMNS),
    rowspan: span(cell.getAttribute('rowspan') ?? 1, MOST_ROWS),
    colwidth: null,
    scope: tag === 'th' && SCOPES.includes(cell.getAttribute('scope') ?? '') ? cell.getAttribute('scope') : null,
  });
  return { ...spec, parseDOM: [{ tag, getAttrs: attrsOf }] };
}

const nodes = {
  doc: { content: 'block+' },
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    attrs: { level: { default: 1, ...checked((value) => isWhole(value, 1, 4)) } },
    parseDOM: [{ tag: 'h1', attrs: { level: 1 } }, { tag: 'h2', attrs: { level: 1 } }, ...headings],
    toDOM: ({ attrs }) => [`h${Number(attrs.level) + 2}`, 0],
  },
  bulletList: { content: 'listItem+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  orderedList: {
    content: 'listItem+',
    group: 'block',
    attrs: { start: { default: 1, ...checked((value) => isWhole(value, 1, 9_999)) } },
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ start: start(element) }) }],
    toDOM: ({ attrs }) => (attrs.start === 1 ? ['ol', 0] : ['ol', { start: attrs.start as number }, 0]),
  },
  listItem: {
    content: 'paragraph (paragraph | bulletList | orderedList)*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0],
  },
  definitions: { content: '(term | details)+', group: 'block', parseDOM: [{ tag: 'dl' }], toDOM: () => ['dl', 0] },
  term: { content: 'inline*', parseDOM: [{ tag: 'dt' }], toDOM: () => ['dt', 0] },
  details: { content: 'paragraph+', parseDOM: [{ tag: 'dd' }], toDOM: () => ['dd', 0] },
  blockquote: {
    content: '(paragraph | heading | bulletList | orderedList)+',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  preformatted: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: () => ['pre', 0],
  },
  rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  table: { ...tables.table },
  table_row: { ...tables.table_row },
  table_cell: bounded(tables.table_cell, 'td'),
  table_header: bounded(tables.table_header, 'th'),
  lineBreak: {
    inline: true,
    group: 'inline',
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  text: { group: 'inline' },
} satisfies Record<string, NodeSpec>;

const link: MarkSpec = {
  attrs: { href: checked((value) => typeof value === 'string' && toWebAddress(value) === value) },
  inclusive: false,
  parseDOM: [
    {
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = toWebAddress(element.getAttribute('href') ?? '');
        return href === undefined ? false : { href };
      },
    },
  ],
  toDOM: ({ attrs }) => ['a', { href: attrs.href as string, rel: 'nofollow noopener ugc' }, 0],
};

const plainMarks = Object.fromEntries(
  INLINE_ELEMENTS.map((tag): [string, MarkSpec] => [
    tag,
    { parseDOM: [{ tag }], toDOM: () => [tag, 0], ...(tag === 'sub' || tag === 'sup' ? { excludes: 'sub sup' } : {}) },
  ]),
) as Record<(typeof INLINE_ELEMENTS)[number], MarkSpec>;

/** What a body can hold: what the sanitizer lets through, and nothing else. Other elements leave what stands in them. */
export const bodySchema = new Schema({ nodes, marks: { link, ...plainMarks } });
