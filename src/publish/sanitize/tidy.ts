import type { Element, ElementContent, Parents, RootContent, Text } from 'hast';
import { BLOCKS } from './schema.ts';

type Content = RootContent | ElementContent;
const KEPT_EMPTY = new Set(['br', 'hr', 'td', 'th', 'col']);
const SOLE_WRAPPERS = new Set(['div', 'b', 'strong', 'i', 'em', 'u']);

/** Is there nothing to read in a text? Blanks of every width and zero-width characters count as nothing. */
export function isBlank(value: string): boolean {
  return /^[\s\u200b-\u200f\u2060\ufeff\u00ad]*$/.test(value);
}

/**
 * Leaves out what only served the look at the source: empty paragraphs, tables without text, doubled emphasis,
 * `div`s around one block, tables of a single cell, blanks used as indents. Changes the tree in place.
 */
export function tidyBody(tree: Parents, preformatted = false): void {
  const children: Content[] = [];
  for (const child of joined(tree.children as Content[])) {
    if (child.type === 'text') children.push(preformatted ? child : collapsed(child));
    if (child.type !== 'element') continue;
    tidyBody(child, preformatted || child.tagName === 'pre');
    for (const kept of unwrapped(child, tree)) children.push(kept);
  }
  tree.children = trimmed(children, tree, preformatted) as typeof tree.children;
}

/** Texts that stood in unwrapped elements, joined to one. */
function joined(children: Content[]): Content[] {
  const result: Content[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) result.push({ type: 'text', value: run.join('') });
    run = [];
  };
  for (const child of children) {
    if (child.type === 'text') run.push(child.value);
    else {
      flush();
      result.push(child);
    }
  }
  flush();
  return result;
}

function collapsed(text: Text): Text {
  return { type: 'text', value: text.value.replace(/[ \t\r\n\f]+/g, ' ') };
}

function isBlockElement(node: Content | undefined): boolean {
  return node?.type === 'element' && BLOCKS.has(node.tagName);
}

/** Drops breaks beyond two in a row, blanks between blocks, and blanks at both ends of a block. */
function trimmed(children: Content[], tree: Parents, preformatted: boolean): Content[] {
  if (preformatted) return children;
  const atBlock = tree.type === 'root' || isBlockElement(tree as Content);
  const kept: Content[] = [];
  for (const [index, child] of children.entries()) {
    if (child.type === 'text') {
      const first = index === 0 ? atBlock : isBlockElement(children[index - 1]) || isBreak(children[index - 1]);
      const last = index === children.length - 1 ? atBlock : isBlockElement(children[index + 1]);
      let value = child.value;
      if (first) value = value.replace(/^[\s\u3000]+/, '');
      if (last) value = value.trimEnd();
      if (value) kept.push({ type: 'text', value });
    } else if (!(isBreak(child) && isBreak(kept.at(-1)) && isBreak(kept.at(-2)))) {
      kept.push(child);
    }
  }
  return kept;
}

function isBreak(node: Content | undefined): boolean {
  return node?.type === 'element' && node.tagName === 'br';
}

/** The element itself, what stands in it when it only wraps, or nothing when it is empty. */
function unwrapped(element: Element, parent: Parents): ElementContent[] {
  if (!KEPT_EMPTY.has(element.tagName) && !hasText(element)) return keptBreak(element);
  if (element.tagName === 'table') return soleCell(element) ?? [element];
  if (!SOLE_WRAPPERS.has(element.tagName)) return [element];
  const doubled = parent.type === 'element' && parent.tagName === element.tagName && element.tagName !== 'div';
  const solid = element.children.filter((child) => child.type !== 'text' || !isBlank(child.value));
  const wrapsBlock = element.tagName === 'div' && solid.length === 1 && isBlockElement(solid[0]);
  return doubled || wrapsBlock ? (wrapsBlock ? solid : element.children) : [element];
}

/** An empty inline element leaves the break that stood in it; table parts without text keep the table's shape. */
function keptBreak(element: Element): ElementContent[] {
  if (['tr', 'colgroup'].includes(element.tagName) && element.children.length > 0) return [element];
  if (BLOCKS.has(element.tagName)) return [];
  return element.children.filter((child) => isBreak(child));
}

/** Marks kept text, so that emptiness is known without walking the subtree again. */
function hasText(element: Element): boolean {
  return element.children.some((child) =>
    child.type === 'text'
      ? !isBlank(child.value)
      : child.type === 'element' && (child.tagName === 'hr' || hasText(child)),
  );
}

/** A table of one cell is a frame around text, not a table. */
function soleCell(table: Element): ElementContent[] | undefined {
  const cells: Element[] = [];
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (cells.length > 1 || child.type !== 'element') continue;
      if (child.tagName === 'td' || child.tagName === 'th') cells.push(child);
      else visit(child);
    }
  };
  visit(table);
  const [cell] = cells;
  if (!cell || cells.length > 1) return undefined;
  const caption = table.children.filter((child) => child.type === 'element' && child.tagName === 'caption');
  return caption.length > 0
    ? undefined
    : [{ type: 'element', tagName: 'div', properties: {}, children: cell.children }];
}
