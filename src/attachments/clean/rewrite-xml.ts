import { parseXml } from '../xml.ts';

/** What becomes of an element: kept, left out with all in it, or left out while what is in it stays; `{ as }`: kept under another name. */
export type Fate = 'keep' | 'drop' | 'unwrap' | { as: string };
/** Asked of every element, within what is left out too. @param parents local names of the elements around, the innermost last */
export type Judge = (name: string, parents: readonly string[]) => Fate;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
const escapeValue = (text: string): string =>
  escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');

/** A part written anew, without what is judged so. @throws UnfitFileError when it is no XML that may be */
export function rewriteXml(bytes: Buffer, part: string, judge: Judge): Buffer {
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'];
  const parents: string[] = [];
  /** What closes each open element: its end tag, or nothing. */
  const ends: string[] = [];
  let dropped = 0;
  parseXml(bytes, part, (parser) => {
    parser.on('opentag', ({ name, attributes }) => {
      const judged = judge(local(name), parents);
      const fate = dropped > 0 ? 'drop' : judged;
      parents.push(local(name));
      if (fate === 'drop') dropped += 1;
      const written = typeof fate === 'object' ? name.replace(local(name), fate.as) : name;
      const isWritten = fate === 'keep' || typeof fate === 'object';
      ends.push(isWritten ? `</${written}>` : '');
      if (!isWritten) return;
      const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeValue(value)}"`);
      out.push(`<${written}${said.join('')}>`);
    });
    const write = (text: string) => {
      if (dropped === 0) out.push(escapeText(text));
    };
    parser.on('text', write);
    parser.on('cdata', write);
    parser.on('closetag', () => {
      parents.pop();
      const end = ends.pop() ?? '';
      if (dropped > 0) dropped -= 1;
      else out.push(end);
    });
  });
  return Buffer.from(out.join(''));
}
