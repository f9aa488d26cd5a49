import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnfitFileError } from './errors.ts';

/** An element without the prefix of its name; attributes by their names as written and without prefixes. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

export interface XmlHandler {
  open?(element: XmlElement, parents: readonly string[]): void;
  text?(text: string, parents: readonly string[]): void;
  close?(name: string, parents: readonly string[]): void;
}

const DEEPEST = 512;
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The text of a part: XML says itself whether it is UTF-16. */
export function decodeXml(bytes: Buffer): string {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  return new TextDecoder(mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8').decode(bytes);
}

/**
 * Walks through a part of an office file; `parents` are the names of the elements around, the innermost last.
 * @throws UnfitFileError for what is no well-formed XML, has a document type (entities), or is nested beyond reason
 */
export function walkXml(bytes: Buffer, part: string, { open, text, close }: XmlHandler): void {
  const parents: string[] = [];
  parseXml(bytes, part, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const own = Object.entries(attributes).flatMap(([key, value]): [string, string][] => [
        [key, value],
        [local(key), value],
      ]);
      open?.({ name: local(name), attributes: Object.fromEntries(own) }, parents);
      parents.push(local(name));
      if (parents.length > DEEPEST) throw new UnfitFileError('bomb', `${part} 嵌套过深`);
    });
    const told = (said: string) => text?.(said, parents);
    parser.on('text', told);
    parser.on('cdata', told);
    parser.on('closetag', ({ name }) => {
      parents.pop();
      close?.(local(name), parents);
    });
  });
}

/** Runs a parser over a part. @throws UnfitFileError as `walkXml` */
export function parseXml(
  bytes: Buffer,
  part: string,
  attach: (parser: SaxesParser<{ xmlns: false }>, Tag?: SaxesTagPlain) => void,
): void {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('doctype', () => {
    throw new UnfitFileError('damaged', `${part} 带有文档类型声明`);
  });
  parser.on('error', () => {
    throw new UnfitFileError('damaged', `${part} 不是完整的 XML`);
  });
  attach(parser);
  parser.write(decodeXml(bytes)).close();
}
