import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices, sources } from '#db/schema/index.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { GIVEN_FACTS, listFactTexts } from '#src/domain/facts/given-facts.ts';
import { ID_PATTERN, noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { readNotice } from '#src/publish/facts/reading.ts';
import { assertNotTakenBack } from '#src/publish/items/hold.ts';
import { findKnownById } from '#src/publish/notices/known.ts';
import { type SaveOutcome, saveNotice, withdrawNotice } from '#src/publish/notices/store.ts';
import { deduplicationKey, textFingerprint } from '#src/publish/prepare/fingerprints.ts';
import { type PreparedNotice, seal } from '#src/publish/prepare/prepare.ts';
import { removeNotice } from '#src/publish/removal/notices.ts';
import { removeUnlisted } from '#src/publish/removal/versions.ts';
import { SANITIZER_VERSION, sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { assertHash, assertScreened, type MirroredChange, parsePayload, rejected } from './change.ts';
import { assertMirrored, isOfMirror, toSettings } from './sources.ts';
import type { MirroredSubject, Taking } from './subject.ts';

const contentSchema = z.strictObject({
  id: z.string().regex(ID_PATTERN),
  sourceKey: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  sourceItemId: z.string().min(1).max(1_000),
  title: z.string().min(1).max(1_000),
  category: z.enum(CATEGORY_SLUGS),
  stage: z.enum(STAGE_SLUGS),
  county: z.enum(COUNTY_SLUGS),
  publishedBy: z.enum(COUNTY_SLUGS),
  publishedAt: z.iso.datetime(),
  publishedPrecision: z.enum(['day', 'minute', 'second']),
  projectCode: z.string().nullable(),
  lotCode: z.string().nullable(),
  fields: z.record(z.string(), z.string()).optional(),
  facts: GIVEN_FACTS.optional(),
  sourceUrl: z.url({ protocol: /^https?$/ }).nullable(),
  bodyHtml: z.string(),
  attachments: z.array(z.strictObject({ name: z.string(), url: z.url({ protocol: /^https?$/ }) })),
  redacted: z.boolean(),
  withdrawn: z.literal(false),
});

const toldSchema = z.object({ hash: z.string(), notice: z.record(z.string(), z.unknown()) });

const LIST_HELD = defineQuery((db, p: Params<{ settings: string }>) =>
  db
    .select({ id: notices.id })
    .from(notices)
    .innerJoin(sources, eq(sources.key, notices.sourceKey))
    .where(and(isNull(notices.withdrawnAt), isOfMirror(p.settings))),
);

/** Public notices of another portal. */
export const MIRRORED_NOTICES: MirroredSubject = {
  of: 'notices',
  upsert(change, taking) {
    const { db, mirror, raw, context } = taking;
    const prepared = prepareMirrored(change);
    const { sourceKey, publishedBy } = prepared.content;
    assertMirrored(db, sourceKey, publishedBy, mirror);
    assertNotTakenBack(db, prepared);
    return removeLost(change, taking, saveNotice(db, prepared, raw, context));
  },
  remove(change, taking) {
    const { id, removal } = change;
    const { db, mirror, raw, context } = taking;
    const known = findKnownById(db, id);
    if (!known) return 'unchanged';
    assertMirrored(db, known.sourceKey, known.publishedBy, mirror);
    if (removal) {
      removeNotice(db, id, { ...context, reason: removal.reason });
      return 'changed';
    }
    return removeLost(change, taking, withdrawNotice(db, known, raw, context));
  },
  listHeld: (db, mirror) => LIST_HELD.all(db, { settings: toSettings(mirror) }).map(({ id }) => id),
};

/** Destroys versions that the other portal destroyed by law. */
function removeLost(
  { id, removedVersions, keptHashes = [] }: MirroredChange,
  { db, context }: Taking,
  outcome: SaveOutcome,
): SaveOutcome {
  const { reason } = removedVersions?.at(-1) ?? {};
  if (reason === undefined) return outcome;
  const removed = removeUnlisted(db, 'notice', id, keptHashes, { ...context, reason });
  return removed > 0 && outcome === 'unchanged' ? 'changed' : outcome;
}

/**
 * A notice of another portal, ready to be stored byte for byte. Its portal has sanitized and screened it; that is checked
 * by the same rules, which leave alone what they have made.
 * @throws ItemRejectedError when the content is not what its hash says, not in our form, or not clean
 */
function prepareMirrored(change: MirroredChange): PreparedNotice {
  const { id } = change;
  const { hash, notice } = parsePayload(toldSchema, change);
  assertHash(notice, hash);
  const content = parsePayload(contentSchema, notice) as NoticeContent;
  if (content.id !== id || id !== noticeId(content.sourceKey, content.sourceItemId))
    throw rejected('id', '编号与来源不符', 'id');
  const body = sanitizeBody(content.bodyHtml, content.sourceUrl ?? undefined);
  if (body.html !== content.bodyHtml) throw rejected('unclean', '正文未按本站的规则净化', 'bodyHtml');
  assertScreened(wordsOf(content));
  return {
    ...seal(content),
    reading: readNotice(content),
    text: body.text,
    deduplicationKey: deduplicationKey(content),
    fingerprint: textFingerprint(body.text, content.attachments),
    originUrl: null,
    aliases: [],
    sanitizerVersion: SANITIZER_VERSION,
    remarks: [],
    isMirrored: true,
  };
}

function wordsOf({
  title,
  bodyHtml,
  fields = {},
  facts = {},
  attachments,
  ...codes
}: NoticeContent): (string | null)[] {
  const { projectCode, lotCode } = codes;
  return [
    title,
    bodyHtml,
    projectCode,
    lotCode,
    ...Object.entries(fields).flat(),
    ...listFactTexts(facts),
    ...attachments.map(({ name }) => name),
  ];
}
