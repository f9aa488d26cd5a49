import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { describeDamage, findMarks, showDamage } from './damage.ts';
import { decodeText } from './decode.ts';
import type { RowFault } from './fields.ts';
import { FeedFormatError } from './format-error.ts';

const MAX_DEPTH = 64;
const MAX_ELEMENTS = 200_000;
const MAX_ATTRIBUTES = 100;

export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Elements and texts (CDATA included) in order. */
  children: (XmlElement | string)[];
}

/**
 * The root of a whole XML document.
 * @throws FeedFormatError for web pages, cut documents, document types, entities that XML does not have, and documents
 * deeper than 64 levels or of more than 200,000 elements.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  return parseText(decodeText(bytes).trim());
}

function parseText(source: string): XmlElement {
  const reader = new TreeReader(source);
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => reader.refuse('返回的 XML 带有文档类型声明'));
  parser.on('error', (error) => reader.refuse(`返回的 XML 有误：${error.message}`));
  parser.on('opentagstart', () => reader.startTag());
  parser.on('attribute', () => reader.addAttribute());
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('closetag', () => reader.close());
  parser.on('text', (text) => reader.add(text));
  parser.on('cdata', (text) => reader.add(text));
  parser.write(source).close();
  return reader.result();
}

/**
 * The root of a document of rows. Rows that are not well-formed by themselves, for instance because a byte of their tags is
 * damaged, are taken out and come as faults; the rest must be sound.
 * @throws FeedFormatError as {@link parseXml}
 */
export function parseXmlRows(bytes: Uint8Array, row: string): { root: XmlElement; faults: RowFault[] } {
  const source = decodeText(bytes).trim();
  try {
    // A damaged end of CDATA takes in the next row, and the document is still well-formed.
    if (findMarks(source).length === 0) return { root: parseText(source), faults: [] };
  } catch (error) {
    if (badRows(source, row).length === 0) throw error;
  }
  const bad = badRows(source, row);
  const parts = bad.map(({ from }, index) => source.slice(bad[index - 1]?.to ?? 0, from));
  const root = parseText(parts.join('') + source.slice(bad.at(-1)?.to ?? 0));
  return { root, faults: bad.map(({ from, to, reason }) => ({ raw: showDamage(source.slice(from, to)), reason })) };
}

interface BadRow {
  from: number;
  to: number;
  reason: string;
}

/** Pieces of a source that are no sound row: from a start or end tag of a row to the next. */
function badRows(source: string, row: string): BadRow[] {
  const bad: BadRow[] = [];
  const tags = [...source.matchAll(new RegExp(`<(/?)${row}(?:\\s[^<>]*)?>`, 'g'))];
  let number = 0;
  for (const [index, tag] of tags.entries()) {
    const before = tags[index - 1];
    const next = tags[index + 1];
    const isStart = tag[1] === '';
    // Behind an end tag a sound list goes on with a start: an end tag there has lost its own start.
    if (!isStart && before?.[1] === '') continue;
    number += 1;
    const isWhole = isStart && next?.[1] === '/';
    const from = isStart ? tag.index : before ? endOf(before) : damagedTag(source, 0)?.from;
    const to = !isStart ? endOf(tag) : !next ? damagedTag(source, tag.index)?.to : isWhole ? endOf(next) : next.index;
    if (from === undefined || to === undefined) continue;
    const reason = faultOf(source.slice(from, to), isWhole);
    if (reason) bad.push({ from, to, reason: `第 ${number} 条${reason}` });
  }
  return bad;
}

function endOf(tag: RegExpExecArray): number {
  return tag.index + tag[0].length;
}

/** The tag that holds the first damaged byte behind a place. */
function damagedTag(source: string, behind: number): { from: number; to: number } | undefined {
  const mark = findMarks(source).find(({ index }) => index >= behind);
  if (!mark) return undefined;
  const open = source.lastIndexOf('<', mark.index);
  const close = source.indexOf('>', mark.index);
  const next = source.indexOf('<', mark.index);
  return {
    from: source.slice(Math.max(0, open), mark.index).includes('>') ? mark.index : open,
    to: close < 0 || (next >= 0 && next < close) ? mark.index + mark.mark.length : close + 1,
  };
}

function faultOf(text: string, isWhole: boolean): string | undefined {
  try {
    if (isWhole) parseText(text);
    else return describeDamage(text) ?? '不完整';
    return undefined;
  } catch (error) {
    return describeDamage(text) ?? (error instanceof FeedFormatError ? `有误：${error.message}` : '有误');
  }
}

class TreeReader {
  private readonly source: string;
  private readonly stack: XmlElement[] = [];
  private root: XmlElement | undefined;
  private elements = 0;
  private attributes = 0;

  constructor(source: string) {
    this.source = source;
  }

  refuse(message: string): never {
    throw new FeedFormatError(message, this.source);
  }

  startTag(): void {
    this.attributes = 0;
  }

  addAttribute(): void {
    this.attributes += 1;
    if (this.attributes > MAX_ATTRIBUTES) this.refuse('返回的 XML 属性过多');
  }

  open(tag: SaxesTagPlain): void {
    if (this.elements === 0 && tag.name.toLowerCase() === 'html') this.refuse('返回的是网页而不是数据');
    this.elements += 1;
    if (this.elements > MAX_ELEMENTS) this.refuse(`返回的 XML 超过 ${MAX_ELEMENTS} 个元素`);
    const element: XmlElement = { name: tag.name, attributes: new Map(Object.entries(tag.attributes)), children: [] };
    this.stack.at(-1)?.children.push(element);
    this.root ??= element;
    if (this.stack.push(element) > MAX_DEPTH) this.refuse(`返回的 XML 嵌套超过 ${MAX_DEPTH} 层`);
  }

  close(): void {
    this.stack.pop();
  }

  add(text: string): void {
    this.stack.at(-1)?.children.push(text);
  }

  result(): XmlElement {
    return this.root ?? this.refuse('返回的 XML 没有内容');
  }
}

/** Child elements of a name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** Trimmed text of the first child of one of the names, in order of preference; empty when there is none. */
export function childText(element: XmlElement, ...names: string[]): string {
  for (const name of names) {
    const child = childrenOf(element, name)[0];
    const text = child ? textOf(child) : '';
    if (text !== '') return text;
  }
  return '';
}

/** All text of an element, trimmed. */
export function textOf(element: XmlElement): string {
  const read = (node: XmlElement | string): string =>
    typeof node === 'string' ? node : node.children.map(read).join('');
  return read(element).trim();
}
