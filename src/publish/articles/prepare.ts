import canonicalize from 'canonicalize';
import type { ArticleContent, ArticleRecord } from '#src/domain/articles/content.ts';
import { stepText } from '#src/domain/articles/places.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { sha256 } from '../prepare/fingerprints.ts';
import { sanitizeBody } from '../sanitize/sanitize.ts';

/** An article ready to be stored: everything in `record` is public. */
export interface PreparedArticle {
  record: ArticleRecord;
  /** Canonical JSON (RFC 8785) of it, and its SHA-256 (hex). */
  json: string;
  hash: string;
  /** Folded words of all of it. */
  searchText: string;
  /** Whether anything of a person was masked. */
  isMasked: boolean;
}

/** Hashes and addresses, in whose digits no person is. */
const CODES: ReadonlySet<string> = new Set([
  'id',
  'kind',
  'category',
  'sha256',
  'captions',
  'poster',
  'related',
  'page',
]);

/**
 * What of an article is published: its body sanitized, numbers of persons masked wherever they stand. Pure.
 * @throws ItemRejectedError for one that says nothing
 */
export function prepareArticle(id: string, content: ArticleContent): PreparedArticle {
  const { subject: _subject, action: _action, original: _original, reason: _reason, publishAt: _at, ...said } = content;
  const body = sanitizeBody(said.bodyHtml);
  if (body.text === '' && said.steps.length === 0 && said.media === null && said.attachments.length === 0)
    throw new ItemRejectedError([{ code: 'near-empty', message: '没有正文', field: 'bodyHtml' }]);
  let masked = 0;
  const mask = (text: string) => {
    const screened = redactPersonalData(text);
    masked += screened.masked;
    return screened.value;
  };
  const record = { id, ...(masking({ ...said, bodyHtml: body.html }, mask) as typeof said) };
  const json = canonicalize(record);
  if (json === undefined) throw new Error('content has no canonical form');
  const words = [
    ...[record.title, record.summary, record.issuer, record.number, record.source, record.keywords, mask(body.text)],
    ...record.steps.map(stepText),
    record.media?.transcript ?? '',
  ];
  return { record, json, hash: sha256(json), searchText: normaliseText(words.join('\n')), isMasked: masked > 0 };
}

/** The same value with every text masked that is read as a text. */
function masking(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((each) => masking(each, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, CODES.has(key) ? inner : masking(inner, mask)]),
  );
}
