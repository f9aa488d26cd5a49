import { type CheerioAPI, load } from 'cheerio';
import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  Parser,
  type TreeAdapter,
  type TreeAdapterTypeMap,
} from 'parse5';
import { adapter as domTreeAdapter } from 'parse5-htmlparser2-tree-adapter';
import { FeedFormatError } from '../types.ts';
import { describeDamage, findMarks, mendTags, showDamage } from './damage.ts';
import type { RowFault } from './fields.ts';

/** Largest HTML text that is parsed, in UTF-8 bytes. */
export const MAX_HTML_BYTES = 2 * 1024 * 1024;
const MAX_DEPTH = 256;
const MAX_ELEMENTS = 200_000;
const MAX_ATTRIBUTES = 1_000;
/** Small enough that the attributes of one tag are counted before their quadratic duplicate check costs time. */
const CHUNK = 4_096;

/** The tree adapter, refusing trees that are too deep or too large while they are being built. */
function bounded<T extends TreeAdapterTypeMap>(adapter: TreeAdapter<T>): TreeAdapter<T> {
  let depth = 0;
  let elements = 0;
  return {
    ...adapter,
    createElement(...args) {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new FeedFormatError(`网页元素超过 ${MAX_ELEMENTS} 个`);
      return adapter.createElement(...args);
    },
    onItemPush() {
      depth += 1;
      if (depth > MAX_DEPTH) throw new FeedFormatError(`网页嵌套超过 ${MAX_DEPTH} 层`);
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

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
 * @throws FeedFormatError when it is larger than 2 MB, deeper than 256 levels, or made of too many elements or attributes.
 */
export function parsePage(html: string): CheerioAPI {
  assertSize(html);
  const parser = new Parser({ treeAdapter: bounded(domTreeAdapter), scriptingEnabled: false });
  write(parser.tokenizer, mendTags(html));
  return load(parser.document);
}

/**
 * A fragment as a tree for the sanitiser, with the limits of {@link parsePage}. Inner `html`, `head` and `body` tags are ignored.
 * @throws FeedFormatError
 */
export function parseFragment(html: string): DefaultTreeAdapterTypes.DocumentFragment {
  assertSize(html);
  const parser = Parser.getFragmentParser(null, { treeAdapter: bounded(defaultTreeAdapter), scriptingEnabled: false });
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
