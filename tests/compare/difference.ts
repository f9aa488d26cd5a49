import { gunzipSync } from 'node:zlib';
import type { Answer } from './ask.ts';
import { type NormalisationName, normalise } from './normalise.ts';
import { unzip } from './zip.ts';

export interface Difference {
  /** In a few words, the same for all that differ in the same way. */
  reason: string;
  /** What stands at the first place that differs, before and after. */
  before: string;
  after: string;
}

/** An answer and the address that the portal which gave it believes to have. */
export interface Given {
  answer: Answer;
  site: string;
}

/** Said of the connection, the moment or the asker's share, not of the content. */
const PASSING = new Set(['date', 'connection', 'keep-alive', 'ratelimit', 'ratelimit-policy', 'age']);
/** Follow from the bytes: compared where the bytes are. */
const OF_BYTES = new Set(['etag', 'content-length']);
const AROUND = 60;

/** The first way in which two answers differ, or undefined. `used` is told which rules were needed to see them as equal. */
export function findDifference(
  before: Given,
  after: Given,
  used: (name: NormalisationName) => void = () => undefined,
): Difference | undefined {
  const [a, b] = [before.answer, after.answer];
  if (a.status !== b.status) return { reason: 'status', before: String(a.status), after: String(b.status) };
  const equalBytes = a.body.equals(b.body);
  return findHeader(before, after, equalBytes, used) ?? (equalBytes ? undefined : findInBody(before, after, used));
}

function findHeader(before: Given, after: Given, equalBytes: boolean, used: (name: NormalisationName) => void) {
  const names = new Set([...Object.keys(before.answer.headers), ...Object.keys(after.answer.headers)]);
  for (const name of [...names].sort()) {
    if (PASSING.has(name) || (OF_BYTES.has(name) && !equalBytes)) continue;
    const [a, b] = [before.answer.headers[name], after.answer.headers[name]];
    if (a === b) continue;
    const [left, right] = [before, after].map(({ answer, site }) =>
      normalise(answer.headers[name] ?? '(absent)', answer, site, used),
    ) as [string, string];
    if (left !== right) return { reason: `header ${name}`, ...excerpts(left, right) };
  }
  return undefined;
}

function findInBody(before: Given, after: Given, used: (name: NormalisationName) => void): Difference | undefined {
  const [a, b] = [listParts(before.answer), listParts(after.answer)];
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const reason = name === '' ? 'body' : `part ${name}`;
    const [left, right] = [a.get(name), b.get(name)];
    if (!left || !right) return { reason, before: left ? 'there' : 'absent', after: right ? 'there' : 'absent' };
    if (left.equals(right)) continue;
    const [one, other] = [
      normalise(left.toString('utf8'), before.answer, before.site, used),
      normalise(right.toString('utf8'), after.answer, after.site, used),
    ];
    if (one !== other) return { reason: reason + findPath(one, other), ...excerpts(one, other) };
  }
  return a.has('') ? undefined : { reason: 'packing', before: sizes(before), after: sizes(after) };
}

const sizes = ({ answer }: Given) => `${answer.body.length} bytes with the same parts`;

const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\x03\x04');
const startsWith = (body: Buffer, mark: Buffer) => body.subarray(0, mark.length).equals(mark);

/** What an answer holds: the parts of an archive, the text of what is compressed, else itself, under no name. */
function listParts({ body }: Answer): Map<string, Buffer> {
  if (startsWith(body, ZIP)) return unzip(body);
  return startsWith(body, GZIP) ? new Map([['(uncompressed)', gunzipSync(body)]]) : new Map([['', body]]);
}

/** Where JSON first differs, without numbers of items; empty for what is no JSON. */
function findPath(a: string, b: string): string {
  try {
    return ` at ${firstPath(JSON.parse(a), JSON.parse(b))}`;
  } catch {
    return '';
  }
}

function firstPath(a: unknown, b: unknown): string {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return '';
  const [left, right] = [a, b] as [Record<string, unknown>, Record<string, unknown>];
  const names = Object.keys(left);
  if (names.join() !== Object.keys(right).join()) return Array.isArray(a) ? '[length]' : '{fields}';
  const name = names.find((each) => JSON.stringify(left[each]) !== JSON.stringify(right[each]));
  if (name === undefined) return '{spelling}';
  return `${Array.isArray(a) ? '[]' : `.${name}`}${firstPath(left[name], right[name])}`;
}

function excerpts(a: string, b: string): { before: string; after: string } {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const cut = (text: string) => JSON.stringify(text.slice(Math.max(0, at - AROUND), at + AROUND));
  return { before: `${cut(a)} (from ${Math.max(0, at - AROUND)})`, after: cut(b) };
}
