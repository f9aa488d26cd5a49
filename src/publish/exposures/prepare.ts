import canonicalize from 'canonicalize';
import type { County } from '#src/domain/counties/counties.ts';
import { attributeCounty, countyOfBody } from '#src/domain/counties/county-attribution.ts';
import type { ExposureContent } from '#src/domain/exposures/content.ts';
import type { IncompleteExposure } from '#src/domain/exposures/incomplete.ts';
import type { ExposureEvent, ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import { maskNameIn } from '#src/domain/exposures/masking.ts';
import { formatYuan } from '#src/domain/money/money.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseProjectCode } from '#src/domain/projects/project-code.ts';
import type { ExposureColumn, NoticeDraft } from '../draft.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { sha256 } from '../prepare/fingerprints.ts';
import { legibleDraft } from '../prepare/legible-draft.ts';
import { identifyExposure } from './identity.ts';
import { IncompleteExposureError } from './incomplete.ts';
import { type Judged, Judgement, toReasons } from './judgement.ts';
import type { RecordField } from './labels.ts';
import { type ExposureRecord, readRecord } from './record.ts';
import { readInstant } from './values.ts';

const DATED: readonly [RecordField, ExposureEventKind, string][] = [
  ['objectedOn', 'objectionFiled', '来源列明异议受理日期'],
  ['objectionSettledOn', 'objectionResolved', '来源列明异议办结日期'],
  ['repairedOn', 'repaired', '来源列明信用修复（终止公示）日期'],
  ['revokedOn', 'revoked', '来源列明撤销日期'],
];
const YES = /^(?:是|1|已撤销|true|y|yes)$/i;

/**
 * What a source says has happened since the decision. A revocation without a date, and an item that the source takes back, take
 * effect when they are read.
 */
function readEvents(record: ExposureRecord, withdrawn: boolean, now: number): ExposureEvent[] {
  const events = DATED.flatMap(([field, kind, basis]): ExposureEvent[] => {
    const at = readInstant(record[field]);
    return at ? [{ kind, at, basis }] : [];
  });
  const isRevoked = (withdrawn || YES.test(record.revoked ?? '')) && !events.some(({ kind }) => kind === 'revoked');
  if (isRevoked) events.push({ kind: 'revoked', at: new Date(now).toISOString(), basis: '来源标明已撤销或撤下' });
  return events;
}

const LONGEST_TEXT = 5_000;
const LONGEST_NAME = 200;

/** An entry ready to be stored. */
export interface PreparedExposure {
  content: ExposureContent;
  /** Canonical JSON of `content` and its SHA-256. */
  json: string;
  hash: string;
  subjectKey: string;
  decisionKey: string;
  /** The source's own id of the record. Never public: it may name a person. */
  sourceItemId: string;
  events: ExposureEvent[];
  /** It may add nothing to an entry of another county. */
  ownCounty?: boolean | undefined;
}

/** Where an entry comes from. */
export interface ExposureOrigin {
  sourceKey: string;
  publishedBy: County;
}

/**
 * Turns a draft into an entry. Nothing is guessed: an entry is a decision of a named body with number and date, about a subject
 * whose kind is known. Natural persons leave with their name masked. Pure but for the clock.
 * @throws IncompleteExposureError when the source does not say all that an entry must say.
 * @throws ItemRejectedError with every reason; the reasons name no one.
 */
export function prepareExposure(
  raw: NoticeDraft,
  column: ExposureColumn,
  origin: ExposureOrigin,
  now = Date.now(),
): PreparedExposure {
  const draft = legibleDraft(raw);
  const record = readRecord(draft);
  const judgement = new Judgement(record, column, now);
  const judged = judgement.read();
  const { publishedBy } = origin;
  const place = draft.ownCounty ? { county: publishedBy } : placeOf(judged.authority, draft.countyText, publishedBy);
  if (!('county' in place)) {
    throw new ItemRejectedError([{ code: 'county-unknown', message: '不认识的地区', field: 'county' }]);
  }
  const said = toSaid(draft, column, record, judged, { county: place.county, sourceKey: origin.sourceKey, now });
  const { subjectName, decisionNo, authority, decisionDate, grade } = said;
  const { missing } = judgement;
  const isNamed = subjectName !== null && authority !== null && decisionDate !== null && grade !== null;
  if (missing.length > 0 || !isNamed) {
    // Of a page that names next to nothing there is nothing to keep.
    const given = [subjectName, decisionNo, authority, said.violation].filter(Boolean).length;
    throw given < 2 ? new ItemRejectedError(toReasons(missing)) : new IncompleteExposureError({ said, missing });
  }
  const whole = { ...said, subjectName, decisionNo: decisionNo ?? '', authority, decisionDate, grade };
  const { id, subjectKey, decisionKey } = identifyExposure(whole);
  const { sourceItemId } = draft;
  const events = readEvents(record, draft.withdrawn === true, now);
  return { ...seal({ id, ...whole }), subjectKey, decisionKey, sourceItemId, events, ownCounty: draft.ownCounty };
}

/** The board is that of the deciding body, wherever the record is shown; where its name does not say whose it is, the record's own place. */
function placeOf(authority: string | null, countyText: string | undefined, publishedBy: County) {
  const county = countyOfBody(authority ?? '', publishedBy);
  return county
    ? { county }
    : attributeCounty({ title: '', ...(countyText === undefined ? {} : { countyText }), publishedBy });
}

/** What a record says, as it may be kept: personal data masked. */
function toSaid(
  draft: NoticeDraft,
  column: ExposureColumn,
  record: ExposureRecord,
  judged: Judged,
  { county, sourceKey, now }: { county: County; sourceKey: string; now: number },
): IncompleteExposure {
  const { isPerson, fineFen } = judged;
  const clean = textCleaner(isPerson ? (record.partyName ?? '') : '');
  const fine = fineFen === null ? undefined : `罚款 ${formatYuan(fineFen)}`;
  return {
    sourceKey,
    board: column.board,
    kind: column.kind,
    list: judged.list,
    county,
    subjectType: judged.subjectType,
    subjectName: judged.subjectName,
    subjectUscc: judged.subjectUscc,
    misconduct: judged.misconduct,
    violation: clean(record.violation),
    decisionNo: judged.decisionNo?.slice(0, LONGEST_NAME) ?? null,
    authority: judged.authority?.slice(0, LONGEST_NAME) ?? null,
    decisionDate: judged.decisionDate,
    grade: judged.grade,
    minorReason: record.minorReason ? clean(record.minorReason) : null,
    facts: clean(record.facts),
    legalBasis: clean(record.legalBasis),
    penaltyTypes: judged.penaltyTypes,
    penaltyContent: clean(record.penaltyContent ?? record.penaltyType ?? fine),
    fineFen,
    confiscatedFen: judged.confiscatedFen,
    validUntil: judged.validUntil,
    sourceDeadline: judged.sourceDeadline,
    misconductEnd: judged.misconductEnd,
    publishedAt: readInstant(draft.published.raw) ?? new Date(now).toISOString(),
    projectCode: normaliseProjectCode(record.projectCode ?? '') || null,
    sourceUrl: draft.url ?? null,
    documents: draft.attachments.map(({ name, url }) => ({ name: clean(name), url })),
  };
}

/** Masks what must not be read in public: personal numbers, and the name of a natural person wherever the text repeats it. */
function textCleaner(personName: string): (text: string | undefined) => string {
  return (text) => redactPersonalData(maskNameIn(text ?? '', personName)).value.slice(0, LONGEST_TEXT);
}

/** Canonical JSON (RFC 8785) and hash of what an entry says. */
export function seal(content: ExposureContent): { content: ExposureContent; json: string; hash: string } {
  const json = canonicalize(content);
  if (json === undefined) throw new Error('content has no canonical form');
  return { content, json, hash: sha256(json) };
}
