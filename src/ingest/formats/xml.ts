import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { FeedFormatError } from '../types.ts';
import { decodeText } from './decode.ts';

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
  const source = decodeText(bytes).trim();
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
