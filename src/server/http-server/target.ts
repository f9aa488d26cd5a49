import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { remember } from '#src/domain/site/remember.ts';

/** Longer targets get 414: the longest search that a form of ours makes has some two thousand characters. */
export const LONGEST_TARGET = 8_000;

/** What a request target asks for. */
export type Target =
  /** It is in normal form: all rules and the pages see this path. The query comes without its mark. */
  | { kind: 'normal'; path: string; query: string }
  /** Another way to write the normal target `to`. */
  | { kind: 'other'; to: string }
  /** No address of ours; `reason` is Chinese. */
  | { kind: 'none'; status: 400 | 414; reason: string };

const NO_CONTROLS = '地址中不能有空格、控制字符和 #';

/** The path and the query (without its mark) that a request asks for, as it wrote them. */
export function splitTarget({ url = '' }: Pick<IncomingMessage, 'url'>): { path: string; query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

/** A target in absolute form (RFC 9112 §3.2.2) as its authority and the rest; others have no authority. */
export function splitAuthority(url: string): { authority?: string; rest: string } {
  const match = /^https?:\/\/([^/?#\\]*)(.*)$/is.exec(url);
  if (!match) return { rest: url };
  const [, authority = '', rest = ''] = match;
  return { authority, rest: rest.startsWith('/') ? rest : `/${rest}` };
}

/**
 * Reads a target in origin form. In its normal form a path has no empty and no dot segments, no slash at its end, nothing
 * encoded that need not be, upper case in what is encoded, and nothing that some reader would decode again: policies, keys of
 * kept answers and the router of the pages then see the same path, whatever each of them decodes.
 */
export function readTarget(url: string): Target {
  if (url.length > LONGEST_TARGET) return { kind: 'none', status: 414, reason: `地址最长 ${LONGEST_TARGET} 个字符` };
  if (!url.startsWith('/')) return none('地址须以 / 开头');
  // Everything up to the space and from DEL on: parsers of addresses drop some of these, and keep others.
  if (/[^\x21-\x7e]|#/.test(url)) return none(NO_CONTROLS);
  const { path, query } = splitTarget({ url });
  const { normal, fault } = readPath(path);
  if (fault) return none(fault);
  const asked = readQuery(query);
  if (normal === path && asked === query) return { kind: 'normal', path, query };
  return { kind: 'other', to: asked === '' ? normal : `${normal}?${asked}` };
}

const none = (reason: string): Target => ({ kind: 'none', status: 400, reason });

const readPath = remember((path) => {
  const encoded = normaliseEncoding(path);
  return { normal: removeDots(encoded), fault: findFault(encoded) };
});

/** Decodes what decoders of addresses decode (unreserved characters and `!*'()`), and encodes what may not stand in a path. */
function normaliseEncoding(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/%([\da-f]{2})/gi, (code, digits: string) => {
      const character = String.fromCharCode(Number.parseInt(digits, 16));
      return /[\w.~!*'()-]/.test(character) ? character : code.toUpperCase();
    })
    .replace(/["<>[\]^`{|}]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Why an encoded path is none, in Chinese. */
function findFault(path: string): string | undefined {
  if (/%(?![\dA-F]{2})/.test(path)) return '地址中的 % 后须有两位十六进制数';
  // A slash, a backslash, a question mark or a hash that is none for some readers; a percent sign hides a second encoding.
  if (/%(?:2F|5C|3F|23|25)/.test(path)) return '地址的路径中不能有编码的 / \\ ? # %';
  try {
    return /\p{Cc}/u.test(decodeURIComponent(path)) ? NO_CONTROLS : undefined;
  } catch {
    return '地址中的汉字须按 UTF-8 百分号编码';
  }
}

/** The path without dot segments, as parsers of addresses remove them (RFC 3986 §5.2.4), and then without empty ones. */
function removeDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.slice(1).split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  return `/${kept.filter((segment) => segment !== '').join('/')}`;
}

const CODES = /(?:%[\da-f]{2})+/gi;

/**
 * The query in UTF-8. Some programs for Chinese encode what is typed as GB 18030 (GBK, GB 2312): a name or value that is no
 * UTF-8 and is sound GB 18030 is taken for that. The rest is left to whoever reads the parameters.
 */
function readQuery(query: string): string {
  if (!query.includes('%')) return query;
  return query.replace(/[^&=]+/g, (part) => {
    const bytes = Buffer.from(part.replaceAll('+', ' ').replace(CODES, decodeCodes), 'latin1');
    if (isUtf8(bytes)) return part;
    const text = decodeGb18030(bytes);
    return text === undefined ? part : encodeURIComponent(text);
  });
}

const decodeCodes = (codes: string) => Buffer.from(codes.replaceAll('%', ''), 'hex').toString('latin1');

function decodeGb18030(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
