import { escapeHtml } from '#src/formats/markup.ts';
import { type Block, type Cell, type PrintedDocument, piecesOf, type Table, type Text } from './model.ts';

export interface HtmlOptions {
  /** Level of the title's heading: 1 where the document is the page, 2 where the page has a title of its own. */
  titleLevel?: 1 | 2;
}

/**
 * The document as accessible HTML for a page: headings in order, tables with captions and scopes, classes of `src/styles/document.css`
 * and no styles of its own. Every word is escaped.
 */
export function toHtml(document: PrintedDocument, { titleLevel = 1 }: HtmlOptions = {}): string {
  const { title, number, addressee, blocks, signature, notes = [] } = document;
  const parts = [
    `<h${titleLevel} class="document-title">${escapeHtml(title)}</h${titleLevel}>`,
    number === undefined ? '' : `<p class="document-number">${escapeHtml(number)}</p>`,
    addressee === undefined ? '' : `<p class="document-addressee">${escapeHtml(addressee)}</p>`,
    ...blocks.map((block) => toBlock(block, titleLevel)),
    signature ? toSignature(signature) : '',
    notes.length > 0 ? `<footer class="document-notes">${notes.map(toLine).join('')}</footer>` : '',
  ];
  return `<article class="document">${parts.join('')}</article>`;
}

function toBlock(block: Block, titleLevel: number): string {
  switch (block.kind) {
    case 'heading': {
      const level = titleLevel + block.level;
      return `<h${level}>${escapeHtml(block.text)}</h${level}>`;
    }
    case 'paragraph':
      return toLine(block.text);
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${toText(item)}</li>`).join('')}</${tag}>`;
    }
    case 'table':
      return toTable(block);
  }
}

const toLine = (text: Text) => `<p>${toText(text)}</p>`;

function toText(text: Text): string {
  return piecesOf(text)
    .map(({ text: words, href, strong }) => {
      const inner = strong ? `<strong>${escapeHtml(words)}</strong>` : escapeHtml(words);
      return href === undefined ? inner : `<a href="${escapeAttribute(href)}">${inner}</a>`;
    })
    .join('');
}

/** The box scrolls by itself on a phone, and by the keyboard. */
function toTable({ caption, unit, head, body, dense }: Table): string {
  const name = escapeAttribute(caption);
  const heads = head.map((row) => `<tr>${row.map((cell) => toCell(cell, 'col')).join('')}</tr>`).join('');
  const rows = body
    .map((row) => `<tr>${row.map((cell) => toCell(cell, cell.header ? 'row' : undefined)).join('')}</tr>`)
    .join('');
  const said =
    escapeHtml(caption) + (unit === undefined ? '' : `<span class="document-unit">${escapeHtml(unit)}</span>`);
  return (
    `<div class="document-table" role="region" tabindex="0" aria-label="${name}"><table${dense ? ' class="dense"' : ''}>` +
    `<caption>${said}</caption>${heads && `<thead>${heads}</thead>`}<tbody>${rows}</tbody></table></div>`
  );
}

function toCell({ text, columns = 1, rows = 1, align = 'center' }: Cell, direction?: 'col' | 'row'): string {
  const spans = (columns > 1 ? ` colspan="${columns}"` : '') + (rows > 1 ? ` rowspan="${rows}"` : '');
  const isGroup = direction === 'col' ? columns > 1 : rows > 1;
  const scope = direction ? ` scope="${direction}${isGroup ? 'group' : ''}"` : '';
  const tag = direction ? 'th' : 'td';
  return `<${tag} class="${align}"${scope}${spans}>${toText(text)}</${tag}>`;
}

function toSignature({ name, date, sealPlace }: NonNullable<PrintedDocument['signature']>): string {
  const seal = sealPlace ? '<span class="document-seal">（印章）</span>' : '';
  return `<p class="document-signature"><span>${escapeHtml(name)}</span>${seal}<span>${escapeHtml(date)}</span></p>`;
}

const escapeAttribute = (text: string) => escapeHtml(text).replace(/"/g, '&quot;');
