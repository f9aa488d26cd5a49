import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposures, sources } from '#db/schema/index.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { GRADE_KEYS } from '#src/domain/exposures/grade.ts';
import { EXPOSURE_EVENTS, type ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { maskName } from '#src/domain/exposures/masking.ts';
import { MISCONDUCT_KEYS } from '#src/domain/exposures/misconduct.ts';
import { looksPersonal } from '#src/domain/exposures/personal-name.ts';
import {
  BLACKLIST_KEYS,
  BOARD_KEYS,
  PENALTY_TYPE_KEYS,
  RECORD_KIND_KEYS,
  SUBJECT_TYPE_KEYS,
  SUBJECT_TYPES,
} from '#src/domain/exposures/registry.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { isUscc } from '#src/domain/identifiers/uscc.ts';
import { identifyExposure } from '#src/publish/exposures/identity.ts';
import { seal } from '#src/publish/exposures/prepare.ts';
import { assertHash, assertScreened, type MirroredChange, parsePayload, rejected } from './change.ts';
import {
  endExposure,
  removeLostVersions,
  removeToldExposure,
  saveToldExposure,
  type ToldExposure,
} from './exposure-rows.ts';
import { assertMirrored, isOfMirror, toSettings } from './sources.ts';
import type { MirroredSubject } from './subject.ts';

const name = z.string().max(200);
const text = z.string().max(5_000);
const day = z.iso.date();
/** As our own instants are written, so that they can be compared as text. */
const instant = z.iso.datetime({ precision: 3 });
const address = z.url({ protocol: /^https?$/ }).max(2_000);
const amount = z.int().min(0).nullable();
const EVENT_KINDS = Object.keys(EXPOSURE_EVENTS) as [ExposureEventKind, ...ExposureEventKind[]];

const contentSchema = z.strictObject({
  id: z.string().regex(ID_PATTERN),
  sourceKey: z.string().regex(/^[a-z0-9][a-z0-9-]{1,60}$/),
  board: z.enum(BOARD_KEYS),
  kind: z.enum(RECORD_KIND_KEYS),
  list: z.enum(BLACKLIST_KEYS).nullable(),
  county: z.enum(COUNTY_SLUGS),
  subjectType: z.enum(SUBJECT_TYPE_KEYS),
  subjectName: z.string().min(1).max(500),
  subjectUscc: z.string().refine(isUscc).nullable(),
  misconduct: z.enum(MISCONDUCT_KEYS),
  violation: text,
  decisionNo: name,
  authority: name,
  decisionDate: day,
  grade: z.enum(GRADE_KEYS),
  minorReason: text.nullable(),
  facts: text,
  legalBasis: text,
  penaltyTypes: z.array(z.enum(PENALTY_TYPE_KEYS)).max(PENALTY_TYPE_KEYS.length),
  penaltyContent: text,
  fineFen: amount,
  confiscatedFen: amount,
  validUntil: day.nullable(),
  sourceDeadline: day.nullable(),
  misconductEnd: day.nullable(),
  publishedAt: instant,
  projectCode: z.string().max(300).nullable(),
  sourceUrl: address.nullable(),
  documents: z.array(z.strictObject({ name: text, url: address })).max(500),
}) satisfies z.ZodType<ExposureContent>;

const toldSchema = z.object({
  hash: z.string(),
  exposure: z.record(z.string(), z.unknown()),
  events: z.array(z.object({ kind: z.enum(EVENT_KINDS), at: instant, basis: text })).max(1_000),
  goneFromSource: z.boolean(),
});

const LIST_HELD = defineQuery((db, p: Params<{ settings: string }>) =>
  db
    .select({ id: exposures.id })
    .from(exposures)
    .innerJoin(sources, eq(sources.key, exposures.sourceKey))
    .where(and(isNull(exposures.endedAt), isOfMirror(p.settings))),
);

/** Entries of another portal's exposure board and blacklist. They end here by date, as they do there. */
export const MIRRORED_EXPOSURES: MirroredSubject = {
  of: 'exposures',
  upsert(change, taking) {
    const told = readTold(change);
    const { sourceKey, county } = told.content;
    assertMirrored(taking.db, sourceKey, county, taking.mirror);
    return removeLostVersions(change, taking, saveToldExposure(told, taking));
  },
  remove({ id, removal }, taking) {
    if (removal) return removeToldExposure(id, removal.reason, taking);
    return endExposure(id, taking);
  },
  listHeld: (db, mirror) => LIST_HELD.all(db, { settings: toSettings(mirror) }).map(({ id }) => id),
};

/** @throws ItemRejectedError when the entry is not what its hash says, not in our form, of another identity, or names a person */
function readTold(change: MirroredChange): ToldExposure {
  const { hash, exposure, events, goneFromSource } = parsePayload(toldSchema, change);
  assertHash(exposure, hash);
  const content = parsePayload(contentSchema, exposure);
  const { id, subjectKey, decisionKey } = identifyExposure(content);
  // An entry keeps its address when its subject's name is corrected.
  const isCorrected = events.some(({ kind }) => kind === 'corrected');
  if (content.id !== change.id || (content.id !== id && !isCorrected))
    throw rejected('id', '编号与决定和主体不符', 'id');
  assertAnonymous(content);
  assertScreened([...wordsOf(content), ...events.map(({ basis }) => basis)]);
  return { ...seal(content), sourceItemId: content.id, subjectKey, decisionKey, events, goneFromSource };
}

/** @throws ItemRejectedError when the entry names a natural person, or could */
function assertAnonymous({ subjectType, subjectName, subjectUscc }: ExposureContent): void {
  const { isPerson } = SUBJECT_TYPES[subjectType];
  const isMasked = maskName(subjectName) === subjectName && subjectUscc === null;
  if (isPerson ? !isMasked : looksPersonal(subjectName))
    throw rejected('personal', '自然人的姓名没有遮蔽', 'subjectName');
}

function wordsOf({ documents, ...content }: ExposureContent): (string | null)[] {
  const { subjectName, violation, decisionNo, authority, minorReason, facts, legalBasis, penaltyContent } = content;
  const texts = [subjectName, violation, decisionNo, authority, minorReason, facts, legalBasis, penaltyContent];
  return [...texts, ...documents.map((document) => document.name)];
}
