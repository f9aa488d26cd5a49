import { and, eq, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { exposures } from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import { type ExposureForm, gradeLabel, isAboutPerson } from '#src/domain/exposures/drafts/form.ts';
import { BLACKLISTS, PENALTY_TYPES, RECORD_KINDS, type SubjectType } from '#src/domain/exposures/registry.ts';
import { openConsoleRun } from '#src/publish/console-run.ts';
import { consoleSourceKey } from '#src/publish/console-source.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { fieldName } from '#src/publish/exposures/labels.ts';
import type { PreparedExposure } from '#src/publish/exposures/prepare.ts';
import { completeDraft } from '#src/publish/items/complete-draft.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import { storeItem } from '#src/publish/items/store-item.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import type { Doer } from '../audit.ts';

/** Words by which records name whom they are about. */
const SUBJECT_WORDS: Readonly<Record<SubjectType, string>> = {
  procuringEntity: '招标人',
  agency: '代理机构',
  supplier: '供应商',
  organization: '',
  expert: '评标专家',
  individual: '自然人',
};

/** The record as feeds give one: labels with values, which the pipeline reads, judges and masks as it does every other. */
function toNoticeDraft(id: string, county: County, form: ExposureForm, now: string): NoticeDraft {
  const yuan = (text: string) => (text === '' ? '' : `${text}元`);
  const values = [
    [fieldName('partyName'), form.partyName],
    [fieldName('partyKind'), isAboutPerson(form) ? '自然人' : '法人及非法人组织'],
    [fieldName('uscc'), form.uscc],
    [fieldName('subjectType'), SUBJECT_WORDS[form.subjectType]],
    [fieldName('decisionNo'), form.decisionNo],
    [fieldName('violation'), form.violation],
    [fieldName('facts'), form.facts],
    [fieldName('legalBasis'), form.legalBasis],
    [fieldName('penaltyType'), form.penaltyTypes.map((type) => PENALTY_TYPES[type].label).join('、')],
    [fieldName('penaltyContent'), form.penaltyContent],
    [fieldName('fine'), yuan(form.fine)],
    [fieldName('confiscated'), yuan(form.confiscated)],
    [fieldName('decisionDate'), form.decisionDate],
    [fieldName('validUntil'), form.validUntil],
    [fieldName('deadline'), form.deadline],
    [fieldName('misconductEnd'), form.misconductEnd],
    [fieldName('grade'), gradeLabel(form.grade)],
    [fieldName('minorReason'), form.minorReason],
    [fieldName('authority'), form.authority],
    [fieldName('projectCode'), form.projectCode],
    [fieldName('list'), form.list === '' ? '' : BLACKLISTS[form.list].label],
  ].filter(([, value]) => value !== '');
  const title = `${form.partyName}：${RECORD_KINDS[form.kind].label}`;
  const { board, kind, list, subjectType } = form;
  return {
    sourceItemId: `draft:${id}`,
    column: { code: 'console' },
    exposure: { board, kind, subjectType, ...(list === '' ? {} : { list }) },
    title,
    rawTitle: title,
    published: { raw: now, field: 'releasedAt' },
    ...(county === 'jining' ? {} : { ownCounty: true }),
    ...(form.sourceUrl === '' ? {} : { url: form.sourceUrl }),
    attachments: form.evidenceUrl === '' ? [] : [{ name: form.evidence, url: form.evidenceUrl }],
    fields: Object.fromEntries(values),
    extra: {},
  };
}

/** What a form would be as an entry, by the rules of every source. @throws InputError with the reasons for which it may be none */
export function prepareForm(id: string, county: County, form: ExposureForm, now: string): PreparedExposure {
  const draft = toNoticeDraft(id, county, form, now);
  const { entry, error } = completeDraft({ draft, sourceKey: consoleSourceKey(county), publishedBy: county });
  if (entry) return entry;
  throw toInputError(error);
}

const toInputError = (error: unknown): unknown =>
  error instanceof ItemRejectedError
    ? new InputError(error.reasons.map(({ message, field }) => ({ name: field ?? 'form', message })))
    : error;

/** The entry that tells of the same decision about the same subject; undefined for none. */
export function findSame(db: Db, { content, decisionKey, subjectKey }: PreparedExposure) {
  const { board, subjectUscc } = content;
  const isSubject = eq(exposures.subjectKey, subjectKey);
  return db
    .select({ id: exposures.id, sourceKey: exposures.sourceKey })
    .from(exposures)
    .where(
      and(
        eq(exposures.decisionKey, decisionKey),
        eq(exposures.board, board),
        subjectUscc === null ? isSubject : or(isSubject, eq(exposures.subjectUscc, subjectUscc)),
      ),
    )
    .get();
}

/**
 * Publishes a form through the pipeline that feeds go through. Returns the id of the entry. The caller holds the transaction.
 * @throws InputError when the pipeline refuses it, or another source tells of the same decision
 */
export function publishForm(
  db: Db,
  { id, county }: { id: string; county: County },
  form: ExposureForm,
  { actor, now }: Doer,
): string {
  const draft = toNoticeDraft(id, county, form, now);
  const sourceKey = consoleSourceKey(county);
  const entry = prepareForm(id, county, form, now);
  const same = findSame(db, entry);
  if (same && same.sourceKey !== sourceKey)
    throw new InputError([{ name: 'decisionNo', message: `同一决定已由其他来源公示，不重复公示：${same.id}` }]);
  const listHash = draftHash(draft);
  const raw = {
    ...{ sourceKey, sourceItemId: draft.sourceItemId, contentHash: listHash + listHash },
    listItem: JSON.stringify(draft),
  };
  const runId = openConsoleRun(db, county, same === undefined, now);
  try {
    storeItem(db, { draft, entry, known: undefined, raw }, { runId, actor, now });
  } catch (error) {
    throw toInputError(error);
  }
  return same?.id ?? entry.content.id;
}
