import { load } from 'cheerio';
import { decodeText } from '#src/formats/decode.ts';
import { isObject } from '#src/formats/fields.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SHORTEST_BASE64 = 40;
const TAG = /<\/?[a-z][^<>]*>/i;

/**
 * A body as APIs wrap it: HTML, plain text, HTML whose tags are entities, percent-encoded, or base64 in any of our charsets; of
 * a list the parts one after the other. Empty when there is none.
 */
export function readBody(value: unknown): string {
  if (Array.isArray(value)) return value.map(readBody).filter(Boolean).join('\n');
  if (isObject(value)) return Object.values(value).map(readBody).filter(Boolean).join('\n');
  if (typeof value !== 'string') return '';
  const text = value.trim();
  if (TAG.test(text)) return text;
  if (/%3C/i.test(text.slice(0, 200))) return readBody(decodePercent(text));
  const compact = text.replace(/\s/g, '');
  if (compact.length >= SHORTEST_BASE64 && BASE64.test(compact)) {
    const decoded = decodeText(Buffer.from(compact, 'base64'));
    if (TAG.test(decoded) || /\p{Script=Han}/u.test(decoded)) return readBody(decoded);
  }
  if (/&lt;\/?[a-z][^&]*?(?:&gt;|\/)/i.test(text)) return load(text, null, false).text();
  return text;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20')).replace(/%3C/gi, '');
  } catch {
    return '';
  }
}
