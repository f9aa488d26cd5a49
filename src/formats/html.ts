import { type CheerioAPI, load } from 'cheerio';
import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as markup,
  Parser,
  type TreeAdapter,
  type TreeAdapterTypeMap,
} from 'parse5';
import { adapter as domTreeAdapter } from 'parse5-htmlparser2-tree-adapter';
import { describeDamage, findMarks, mendTags, showDamage } from './damage.ts';
import type { RowFault } from './fields.ts';
import { FeedFormatError } from './format-error.ts';

/** Largest HTML text that is parsed, in UTF-8 bytes. */
export const MAX_HTML_BYTES = 2 * 1024 * 1024;
const MAX_DEPTH = 256;
const MAX_ELEMENTS = 200_000;
const MAX_ATTRIBUTES = 256;
/**
 * Steps that putting misplaced nodes elsewhere may take: text and blocks directly in tables, formatting that ends in another
 * block. Each looks for its place among all siblings, so their work grows as the square of their number.
 */
const MAX_REPAIR_STEPS = 10_000_000;
/** Small enough that the attributes of one tag are counted before their quadratic duplicate check costs time. */
const CHUNK = 4_096;

/** What parsing a text took, in units that do not depend on the machine. */
export interface ParseWork {
  elements: number;
  /** Siblings looked through to move misplaced nodes. */
  repairSteps: number;
}

/** The tree adapter, refusing trees that are too deep, too large or too misshapen while they are being built. */
function bounded<T extends TreeAdapterTypeMap>(adapter: TreeAdapter<T>, work: ParseWork = newWork()): TreeAdapter<T> {
  let depth = 0;
  let adopted = 0;
  const repair = (parent: T['parentNode'] | null): void => {
    if (parent) work.repairSteps += adapter.getChildNodes(parent).length;
    if (work.repairSteps > MAX_REPAIR_STEPS) throw new FeedFormatError(MISPLACED);
  };
  return {
    ...adapter,
    createElement(...args) {
      work.elements += 1;
      if (work.elements > MAX_ELEMENTS) throw new FeedFormatError(`网页元素超过 ${MAX_ELEMENTS} 个`);
      return adapter.createElement(...args);
    },
    onItemPush() {
      depth += 1;
      if (depth > MAX_DEPTH) throw new FeedFormatError(`网页嵌套超过 ${MAX_DEPTH} 层`);
    },
    onItemPop() {
      depth -= 1;
    },
    insertBefore(parent, ...rest) {
      repair(parent);
      adapter.insertBefore(parent, ...rest);
    },
    insertTextBefore(parent, ...rest) {
      repair(parent);
      adapter.insertTextBefore(parent, ...rest);
    },
    detachNode(node) {
      repair(adapter.getParentNode(node));
      adapter.detachNode(node);
    },
    // Further `html` and `body` tags add their attributes to the first, which is compared with all that it has.
    adoptAttributes(recipient, attributes) {
      adopted += attributes.length;
      if (adopted > MAX_ATTRIBUTES) throw new FeedFormatError(`网页标签的属性超过 ${MAX_ATTRIBUTES} 个`);
      if (attributes.length > 0) adapter.adoptAttributes(recipient, attributes);
    },
  };
}

function newWork(): ParseWork {
  return { elements: 0, repairSteps: 0 };
}

const MISPLACED = '网页里放错位置的内容过多（如表格中不在单元格里的文字和段落、交错的格式标签），请改正后再发';

type Tokenizer = Parser<TreeAdapterTypeMap>['tokenizer'];

/** Feeds the text in pieces, so that a tag with a flood of attributes is refused before it is complete. */
function write(tokenizer: Tokenizer, html: string): void {
  for (let start = 0; start < html.length || start === 0; start += CHUNK) {
    writePiece(tokenizer, html, start);
    // biome-ignore lint/complexity/useLiteralKeys: protected, but an unfinished tag's attributes are counted nowhere else
    const token = tokenizer['currentToken'];
    if (token && 'attrs' in token && token.attrs.length > MAX_ATTRIBUTES) {
      throw new FeedFormatError(`网页标签的属性超过 ${MAX_ATTRIBUTES} 个`, html);
    }
  }
}

function writePiece(tokenizer: Tokenizer, html: string, start: number): void {
  try {
    tokenizer.write(html.slice(start, start + CHUNK), start + CHUNK >= html.length);
  } catch (error) {
    // Character references of a million digits overflow inside the parser.
    if (error instanceof RangeError) throw new FeedFormatError('网页的字符引用无法解析', html);
    throw error;
  }
}

function assertSize(html: string): void {
  if (Buffer.byteLength(html) > MAX_HTML_BYTES) throw new FeedFormatError('网页超过 2 MB', html);
}

/**
 * A page as a tree for selectors.
 * @throws FeedFormatError when it is larger than 2 MB, deeper than 256 levels, made of too many elements or attributes, or has too
 * much in places where it cannot stand.
 */
export function parsePage(html: string): CheerioAPI {
  assertSize(html);
  const parser = new Parser({ treeAdapter: bounded(domTreeAdapter), scriptingEnabled: false });
  write(parser.tokenizer, mendTags(html));
  return load(parser.document);
}

/** Bodies stand in a `div`. Without it a parser takes a fragment for a template's, where text behind a `col` is nothing. */
const CONTEXT = defaultTreeAdapter.createElement('div', markup.NS.HTML, []);

/**
 * A fragment as a tree for the sanitiser, with the limits of {@link parsePage}. Inner `html`, `head` and `body` tags are ignored.
 * What it takes is added to `work`. @throws FeedFormatError
 */
export function parseFragment(html: string, work?: ParseWork): DefaultTreeAdapterTypes.DocumentFragment {
  assertSize(html);
  const treeAdapter = bounded(defaultTreeAdapter, work);
  const parser = Parser.getFragmentParser(CONTEXT, { treeAdapter, scriptingEnabled: false });
  write(parser.tokenizer, html);
  // `getFragment` moves the nodes one by one from the head of a list: quadratic.
  const fragment = defaultTreeAdapter.createDocumentFragment();
  const root = defaultTreeAdapter.getFirstChild(parser.document);
  fragment.childNodes = root ? defaultTreeAdapter.getChildNodes(root as DefaultTreeAdapterTypes.Element) : [];
  return fragment;
}

/**
 * Damage in the list around the rows that none of them holds: a row whose own tag is damaged is no row any more, and comes as a
 * fault. Both texts are outer HTML.
 */
export function lostRows(list: string, rows: string): RowFault[] {
  const held = new Set(findMarks(rows).map(({ mark }) => mark));
  return findMarks(list)
    .filter(({ mark }) => !held.has(mark))
    .map(({ index, mark }) => ({
      raw: showDamage(list.slice(Math.max(0, index - 500), index + 1_500)),
      reason: `列表${describeDamage(mark)}，读不出其所在的条目`,
    }));
}
