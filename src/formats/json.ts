import { describeDamage, findMarks } from './damage.ts';
import { decodeText } from './decode.ts';
import { FeedFormatError } from './format-error.ts';
import { mendJson } from './mend-json.ts';

const MAX_DEPTH = 64;
/** Doubles hold 15 significant decimal digits exactly; longer numbers stay text. */
const SAFE_DIGITS = 15;
/** A string without an end goes on to the end of the text: looked for again from every quote in it, it would cost its square. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)|[{}[\],:]|[^\s"{}[\],:]+/g;

/** What can be wrong with a text that should be one JSON document. */
export type JsonFault = 'empty' | 'markup' | 'several' | 'broken' | 'deep' | 'repeated';

/** A text is no JSON document. Of a repeated key, `excerpt` is the key. */
export class JsonFaultError extends FeedFormatError {
  readonly fault: JsonFault;

  constructor(fault: JsonFault, message: string, excerpt = '') {
    super(message, excerpt);
    this.fault = fault;
  }
}

export type JsonObject = Record<string, unknown>;

/**
 * The JSON document in an answer's bytes. JSONP, CDATA and one XML element around the document are taken off.
 * @throws FeedFormatError for web pages, empty answers, cut documents, duplicate keys, and nesting deeper than 64.
 */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  return parseJson(unwrapEnvelope(decodeText(bytes)));
}

/** Strict JSON; numbers of more than 15 digits come as their source text. @throws FeedFormatError */
export function parseJson(text: string): unknown {
  const source = mend(text.trim());
  if (source === '') throw new JsonFaultError('empty', '返回内容为空');
  if (source.startsWith('<')) throw new JsonFaultError('markup', '返回的是网页而不是数据', source);
  const ends = scan(source);
  if (ends.length > 1) throw new JsonFaultError('several', '返回了多个连在一起的数据文件', source);
  return parseStrict(source);
}

/** Documents that stand one after the other in one file. @throws FeedFormatError when any of them is not whole. */
export function parseConcatenatedJson(text: string): unknown[] {
  const source = mend(text.trim());
  if (source === '') throw new FeedFormatError('文件为空');
  const ends = scan(source);
  return ends.map((end, index) => parseStrict(source.slice(ends[index - 1] ?? 0, end)));
}

/** Bytes damaged on the way cost the items that hold them, not the document. */
function mend(source: string): string {
  return findMarks(source).length > 0 ? mendJson(source) : source;
}

/** A value that may be JSON as text: the document in it, else the value itself. @throws FeedFormatError when the inner JSON is broken. */
export function unwrapJson(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[[{]/.test(value) ? parseJson(value) : value;
}

/** What a number that doubles do not hold exactly looks like. QueryInterpretation every number by its source takes four times as long. */
const LONG_NUMBER = /[\d.]{16}|\d[eE][+-]?\d/;

function parseStrict(source: string): unknown {
  try {
    return LONG_NUMBER.test(source) ? JSON.parse(source, keepLongNumbers) : JSON.parse(source);
  } catch {
    const damage = describeDamage(source);
    throw new JsonFaultError('broken', `返回的数据不完整或格式有误${damage ? `：${damage}` : ''}`, source);
  }
}

/** `context.source` is not in the compiler's library types; engines give it for primitives only. */
function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const digits = context.source.replace(/[eE].*$/, '').replace(/^-?0*\.?0*|[.-]/g, '');
  return digits.length > SAFE_DIGITS || !Number.isFinite(value) ? context.source : value;
}

/** Ends of the top-level documents. Checks depth and duplicate keys, which `JSON.parse` does not; the grammar is left to it. */
function scan(source: string): number[] {
  const ends: number[] = [];
  const open: (Set<string> | null)[] = [];
  let candidate: string | undefined;
  for (const match of source.matchAll(TOKEN)) {
    const token = match[0];
    if (token === '{' || token === '[') {
      if (open.push(token === '{' ? new Set() : null) > MAX_DEPTH)
        throw new JsonFaultError('deep', '数据嵌套过深', source);
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ':') {
      addKey(open.at(-1), candidate);
    }
    candidate = token.startsWith('"') ? token : undefined;
    if (open.length === 0 && token !== ',' && token !== ':') ends.push(match.index + token.length);
  }
  // An unfinished document belongs to the last piece, so that parsing it fails.
  if (open.length > 0 || ends.at(-1) !== source.length) ends.push(source.length);
  return ends;
}

function addKey(keys: Set<string> | null | undefined, token: string | undefined): void {
  if (!keys || token === undefined) return;
  const key = token.includes('\\') ? String(parseStrict(token)) : token.slice(1, -1);
  if (keys.has(key)) throw new JsonFaultError('repeated', `数据中的字段“${key}”重复`, key);
  keys.add(key);
}

/** The document inside JSONP or one XML element, entities decoded once. Anything else is returned as it is. */
function unwrapEnvelope(text: string): string {
  const jsonp = /^\s*(?:\/\*\*\/)?\s*[\w$.]+\(([\s\S]*)\)\s*;?\s*$/.exec(text)?.[1];
  if (jsonp !== undefined) return jsonp;
  const body = text.replace(/^\s*<\?xml[^>]*\?>/, '');
  const element = /^\s*<([A-Za-z][\w:.-]*)[^>]*>([\s\S]*)<\/\1>\s*$/.exec(body)?.[2] ?? body;
  const cdata = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(element)?.[1];
  if (cdata !== undefined) return cdata;
  return element !== body && /^\s*[[{]/.test(element) ? decodeXmlEntities(element) : text;
}

function decodeXmlEntities(text: string): string {
  const names: Record<string, string> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
  return text.replace(/&(?:#34|#39|quot|apos|lt|gt|amp);/g, (entity) => {
    const name = entity.slice(1, -1);
    return name.startsWith('#') ? String.fromCharCode(Number(name.slice(1))) : (names[name] ?? entity);
  });
}
