import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { normaliseDecisionNo } from '#src/domain/exposures/decision-number.ts';
import type { IncompleteExposure } from '#src/domain/exposures/incomplete.ts';
import { readPenaltyTypes } from '#src/domain/exposures/registry.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { IncompleteExposureError } from '#src/publish/exposures/incomplete.ts';
import { prepareExposure } from '#src/publish/exposures/prepare.ts';
import { belowAims, type Part } from './part.ts';
import type { Tally } from './score.ts';

const text = z.string().nullable();
const labelledRecord = z.object({
  html: z.string().optional(),
  row: z.record(z.string(), z.string()).default({}),
  expected: z.object({
    subject: text,
    code: text,
    decisionNumber: text,
    decidingBody: text,
    decidedOn: text,
    facts: text,
    basis: text,
    measures: z.array(z.string()),
    fineFen: z.number().nullable(),
    until: text,
  }),
});
type Expected = z.infer<typeof labelledRecord>['expected'];

const AIM = { precision: 0.985, recall: 0.9 };
const ORIGIN = { sourceKey: 'real', publishedBy: 'jining' } as const;

/** What became of a record. */
type Outcome = { kind: 'accepted' | 'kept'; said: IncompleteExposure } | { kind: 'refused'; reasons: string };

/** Records of penalties and misconduct that a careful reader labelled: what is read of them, and which become entries. */
export const exposurePart: Part = ({ real }) => {
  const folder = join(real, 'exposure');
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const fields: Record<string, Tally> = {};
  const outcomes: Record<string, Tally> = {};
  const [wrong, missed, notes]: [unknown[], unknown[], string[]] = [[], [], []];
  for (const file of files.sort()) {
    const record = labelledRecord.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const outcome = judge(toDraft(file, record));
    const isComplete = isWhole(record.expected);
    add(outcomes, 'complete records accepted', isComplete, outcome.kind === 'accepted', isComplete);
    add(outcomes, 'incomplete records kept', !isComplete, outcome.kind === 'kept', !isComplete);
    if (outcome.kind === 'refused') notes.push(`${file}: refused, ${outcome.reasons}`);
    const said = outcome.kind === 'refused' ? undefined : outcome.said;
    for (const [field, label, read, isRight] of compare(record.expected, said)) {
      add(fields, field, label !== null, read !== null, isRight);
      if (read !== null && !isRight) wrong.push({ record: file, field, label, read });
      if (label !== null && read === null) missed.push({ record: file, field, label });
    }
  }
  const below = [...belowAims(outcomes, () => ({ precision: 1, recall: 1 })), ...belowAims(fields, () => AIM)];
  return {
    title: `${files.length} real exposure records`,
    tables: { field: fields, outcome: outcomes },
    wrong,
    missed,
    below,
    notes,
  };
};

function isWhole({ subject, decisionNumber, decidingBody, decidedOn, facts, measures }: Expected): boolean {
  return ![subject, decisionNumber, decidingBody, decidedOn, facts].includes(null) && measures.length > 0;
}

function toDraft(file: string, { html, row }: z.infer<typeof labelledRecord>): NoticeDraft {
  return {
    sourceItemId: file,
    column: { code: 'exposure' },
    title: '',
    rawTitle: '',
    published: { raw: '', field: '' },
    attachments: [],
    fields: row,
    extra: {},
    ...(html === undefined ? {} : { bodyHtml: html }),
  };
}

function judge(draft: NoticeDraft): Outcome {
  try {
    return { kind: 'accepted', said: prepareExposure(draft, { board: 'exposure', kind: 'penalty' }, ORIGIN).content };
  } catch (error) {
    if (error instanceof IncompleteExposureError) return { kind: 'kept', said: error.record.said };
    return { kind: 'refused', reasons: error instanceof Error ? error.message : String(error) };
  }
}

type Comparison = [field: string, label: string | number | null, read: string | number | null, isRight: boolean];

function compare(expected: Expected, said: IncompleteExposure | undefined): Comparison[] {
  const same = (field: string, label: string | number | null, read: string | number | null | undefined): Comparison => [
    field,
    label,
    read || null,
    label !== null && plain(label) === plain(read ?? ''),
  ];
  const number = said?.decisionNo ?? null;
  const label = expected.decisionNumber;
  return [
    same('subject', expected.subject, said?.subjectName),
    same('code', expected.code, said?.subjectUscc),
    [
      'decisionNumber',
      label,
      number,
      label !== null && normaliseDecisionNo(number ?? '') === normaliseDecisionNo(label),
    ],
    same('decidingBody', expected.decidingBody, said?.authority),
    same('decidedOn', expected.decidedOn, said?.decisionDate),
    same('facts', expected.facts, said && (said.facts || said.violation)),
    same('basis', expected.basis, said?.legalBasis),
    same('fine', expected.fineFen, said?.fineFen),
    same('until', expected.until, said?.validUntil),
    ...compareMeasures(expected.measures, said),
  ];
}

/** Measures are compared by the kinds of penalty that they are; those that are none by their words. */
function compareMeasures(measures: readonly string[], said: IncompleteExposure | undefined): Comparison[] {
  const read = new Set<string>((said?.penaltyTypes ?? []).filter((type) => type !== 'other'));
  const wanted = measures.map((measure): Comparison => {
    const [kind = 'other'] = readPenaltyTypes(measure);
    const isRead = kind === 'other' ? (said?.penaltyContent ?? '').includes(measure) : read.delete(kind);
    return ['measures', measure, isRead ? measure : null, isRead];
  });
  return [...wanted, ...[...read].map((kind): Comparison => ['measures', null, kind, false])];
}

function plain(value: string | number): string {
  return String(value)
    .normalize('NFKC')
    .replace(/[\s。；;，,]/g, '');
}

function add(
  tallies: Record<string, Tally>,
  row: string,
  isExpected: boolean,
  isFound: boolean,
  isRight: boolean,
): void {
  const tally = tallies[row] ?? { expected: 0, found: 0, right: 0 };
  tallies[row] = {
    expected: tally.expected + Number(isExpected),
    found: tally.found + Number(isFound),
    right: tally.right + Number(isFound && isRight),
  };
}
