import canonicalize from 'canonicalize';
import type { County } from '#src/domain/counties/counties.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import { normaliseProjectCode } from '#src/domain/projects/project-code.ts';
import type { NoticeDraft } from '../draft.ts';
import { readNotice } from '../facts/reading.ts';
import { ItemRejectedError, type Reason } from '../items/reasons.ts';
import { SANITIZE_POLICY, sanitizeBody } from '../sanitize/sanitize.ts';
import { screenPersonalData } from '../screen/screen.ts';
import { sha256, textFingerprint, twinKey } from './fingerprints.ts';
import { legibleDraft } from './legible-draft.ts';
import { type NormalisedDraft, normaliseDraft, type UnknownCode } from './normalise.ts';
import { judgeSubstance } from './substance.ts';
import { validateDraft } from './validate.ts';

/** A notice ready to be stored: everything in `content` is public. */
export interface PreparedNotice {
  content: NoticeContent;
  /** What was read out of `content`. */
  reading: NoticeReading;
  /** Canonical JSON of `content` and its SHA-256. */
  json: string;
  hash: string;
  /** Plain text of the body. */
  text: string;
  twinKey: string;
  fingerprint: string;
  originUrl: string | null;
  aliases: string[];
  policy: number;
  remarks: Reason[];
  /** Taken over from another portal, which has judged whose it is and what it repeats: neither is judged again. */
  isMirrored?: true;
}

/** Rejection with the codes that nobody has mapped yet. */
export class UnmappedError extends ItemRejectedError {
  readonly unknown: UnknownCode[];

  constructor(reasons: Reason[], unknown: UnknownCode[]) {
    super(reasons);
    this.unknown = unknown;
  }
}

/** Whose notice it is: the source, and the id under which an already known notice is kept. */
export interface NoticeIdentity {
  sourceKey: string;
  publishedBy: County;
  /** Item id under which the notice was first stored; differs from the draft's when the feed changed its ids. */
  sourceItemId?: string | undefined;
}

/** First half of preparing, on the list part: enough to know what kind of notice it is. @throws ItemRejectedError */
export function normalise(draft: NoticeDraft, publishedBy: County, now: number): NormalisedDraft {
  const faults = validateDraft(draft);
  if (faults.length > 0) throw new ItemRejectedError(faults);
  const result = normaliseDraft(draft, publishedBy, now);
  if ('notice' in result) return result.notice;
  throw new UnmappedError(result.reasons, result.unknown);
}

/**
 * Turns a complete draft into what is published: normalise, sanitize, screen, read. Pure but for the clock.
 * @throws ItemRejectedError when the item may not be published.
 */
export function prepareNotice(raw: NoticeDraft, identity: NoticeIdentity, now = Date.now()): PreparedNotice {
  const draft = legibleDraft(raw);
  const normal = normalise(draft, identity.publishedBy, now);
  const mask = new Mask();
  const body = sanitizeBody(draft.bodyHtml ?? '', draft.url);
  const title = mask.apply(draft.title);
  const { category, stage } = normal;
  const attachments = draft.attachments
    .filter(({ url }) => isWebAddress(url))
    .map(({ name, url }) => ({ name: mask.apply(name).slice(0, 300), url }));
  const fields = Object.entries(draft.fields).map((field) => field.map((text) => mask.apply(text)));
  const bodyHtml = mask.apply(body.html);
  const text = mask.apply(body.text);
  const emptiness = judgeSubstance({ title, text, attachments, fields: Object.fromEntries(fields) });
  if (emptiness) throw new ItemRejectedError([emptiness]);
  const sourceItemId = identity.sourceItemId ?? draft.sourceItemId;
  const content: NoticeContent = {
    id: noticeId(identity.sourceKey, sourceItemId),
    sourceKey: identity.sourceKey,
    sourceItemId,
    title,
    category,
    stage,
    county: normal.county,
    publishedBy: identity.publishedBy,
    publishedAt: normal.publishedAt,
    publishedPrecision: normal.publishedPrecision,
    projectCode: normaliseProjectCode(draft.projectCode ?? '') || null,
    lotCode: normaliseProjectCode(draft.lotCode ?? '') || null,
    ...(fields.length > 0 ? { fields: Object.fromEntries(fields) } : {}),
    sourceUrl: draft.url && isWebAddress(draft.url) ? draft.url : null,
    bodyHtml,
    attachments,
    redacted: mask.count > 0,
    withdrawn: false,
  };
  return {
    ...seal(content),
    reading: readNotice(content),
    text,
    twinKey: twinKey(content),
    fingerprint: textFingerprint(text, attachments),
    originUrl: draft.originUrl && isWebAddress(draft.originUrl) ? draft.originUrl : null,
    aliases: [draft.sourceItemId, ...(draft.aliases ?? [])].filter((alias) => alias !== sourceItemId),
    policy: SANITIZE_POLICY,
    remarks: normal.remarks,
  };
}

/** Canonical JSON (RFC 8785) and hash of a version's content. */
export function seal(content: NoticeContent): { content: NoticeContent; json: string; hash: string } {
  const json = canonicalize(content);
  if (json === undefined) throw new Error('content has no canonical form');
  return { content, json, hash: sha256(json) };
}

/** Applies the personal-data screen and remembers whether it ever had to mask anything. */
class Mask {
  count = 0;

  apply(value: string): string {
    const screened = screenPersonalData(value);
    this.count += screened.masked;
    return screened.value;
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
