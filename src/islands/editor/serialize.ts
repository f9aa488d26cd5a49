import type { Node } from 'prosemirror-model';
import { withoutInvisible } from '#src/domain/notices/legible.ts';
import { escapeText, toInlineHtml } from './inline-html.ts';

/** First level of a heading in a body, and the last there is. */
const FIRST = 3;
const LAST = 6;

/**
 * A document as the HTML that is stored: what the sanitizer would leave out or write otherwise (empty blocks, blanks at edges, gaps
 * between levels of headings, frames of one cell) is so already, so that what is previewed is what is published.
 */
export function serialize(doc: Node): string {
  return new Serializer().blocks(doc);
}

class Serializer {
  /** Levels, as written, of the headings that the next one may stand below. */
  readonly #above: number[] = [];

  blocks(parent: Node): string {
    return parent.children.map((child) => this.#block(child)).join('');
  }

  #block(node: Node): string {
    switch (node.type.name) {
      case 'paragraph':
        return wrap('p', toInlineHtml(node));
      case 'term':
        return wrap('dt', toInlineHtml(node));
      case 'heading':
        return this.#heading(node);
      case 'preformatted':
        return preformatted(node);
      case 'rule':
        return '<hr>';
      case 'table':
        return this.#table(node);
      case 'bulletList':
        return wrap('ul', this.blocks(node));
      case 'orderedList':
        return wrap('ol', this.blocks(node), node.attrs.start === 1 ? '' : ` start="${Number(node.attrs.start)}"`);
      case 'listItem':
        return wrap('li', this.#loose(node));
      case 'definitions':
        return wrap('dl', this.blocks(node));
      case 'details':
        return wrap('dd', this.#loose(node));
      default:
        return wrap('blockquote', this.blocks(node));
    }
  }

  /** Blocks without the paragraph around the first line, where nothing else is beside it but lists. */
  #loose(node: Node): string {
    const [first, ...rest] = node.children;
    if (first?.type.name !== 'paragraph') return this.blocks(node);
    const others = rest.map((child) => this.#block(child)).join('');
    const line = toInlineHtml(first);
    return others === '' || /^<(?:ul|ol)[ >]/.test(others) ? line + others : wrap('p', line) + others;
  }

  #heading(node: Node): string {
    const inner = toInlineHtml(node);
    if (inner === '') return '';
    const level = Number(node.attrs.level);
    while ((this.#above.at(-1) ?? 0) >= level) this.#above.pop();
    const tag = `h${Math.min(FIRST + this.#above.length, LAST)}`;
    this.#above.push(level);
    return wrap(tag, inner);
  }

  #table(table: Node): string {
    const cells = table.children.flatMap((row) => row.children);
    // A table of one cell is a frame around text, not a table.
    if (cells.length === 1 && cells[0]) return this.blocks(cells[0]);
    const rows = table.children.map((row, index) => this.#row(table, row, index)).join('');
    const isEmpty = !/>[^<]|<hr>/.test(rows);
    return isEmpty ? '' : `<table><tbody>${rows}</tbody></table>`;
  }

  /** Rows in which no cell begins are left out, and the cells that reach over them are shorter by as many. */
  #row(table: Node, row: Node, index: number): string {
    const cells = row.children.map((cell) => {
      const { colspan, rowspan, scope } = cell.attrs;
      const covered = table.children.slice(index + 1, index + Number(rowspan));
      const height = 1 + covered.filter((other) => other.childCount > 0).length;
      const tag = cell.type.name === 'table_header' ? 'th' : 'td';
      const attributes = [
        tag === 'th' && typeof scope === 'string' ? ` scope="${scope}"` : '',
        Number(colspan) > 1 ? ` colspan="${Number(colspan)}"` : '',
        height > 1 ? ` rowspan="${height}"` : '',
      ].join('');
      return `<${tag}${attributes}>${this.#loose(cell)}</${tag}>`;
    });
    return wrap('tr', cells.join(''));
  }
}

function wrap(tag: string, inner: string, attributes = ''): string {
  return inner === '' ? '' : `<${tag}${attributes}>${inner}</${tag}>`;
}

function preformatted(node: Node): string {
  const text = withoutInvisible(node.textContent)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/^\n+/, '');
  return text.trim() === '' ? '' : wrap('pre', escapeText(text));
}
