import { z } from 'zod';
import { EXPOSURE_CASE_KEYS } from '#src/domain/exposures/cases/cases.ts';
import { submissionKind } from '#src/domain/participation/kinds.ts';
import { exposureEntryUrl } from '#src/domain/staff/urls.ts';
import type { ExposureCaseRow } from '#src/staff/exposures/cases.ts';
import type { KeptEntry } from '#src/staff/exposures/entries.ts';
import type { Evidence } from '#src/staff/exposures/evidence.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { confirmed, type Visit, visiting } from '../visit.ts';

export interface ExposureEntryPage {
  session: Session;
  entry: KeptEntry;
  evidence: Evidence[];
  cases: ExposureCaseRow[];
  /** What is received begins as: of the submission that led here, if one did. */
  received: { kind?: string; receivedOn?: string; ground?: string };
  form: SentForm;
}

const ground = z.string().trim().min(2, '请写明内容和依据').max(1_000, '不能超过 1000 个字');
const OPEN = z.object({
  kind: z.enum(EXPOSURE_CASE_KEYS, '请选择种类'),
  receivedOn: z.iso.date('日期须写成 2026-01-31，并且是有的日子'),
  ground,
});
const SEEN = z.object({ case: z.string().max(100), revision: z.coerce.number('请刷新后再操作').int() });
const EXTEND = SEEN.extend({ reason: ground });
const CLOSE = SEEN.extend({ outcome: z.string().min(1, '请选择办理结果').max(40), basis: ground });

/** An entry with its cases: one is opened, given more time, or closed. @throws ForbiddenError, NotFoundError */
export function loadExposureEntry(asked: Asked): Promise<ExposureEntryPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async (visit) => {
    const { exposures, session } = visit;
    const received = fromSubmission(visit, asked.url.searchParams.get('case'));
    const toPage = (form: SentForm): ExposureEntryPage => ({
      session,
      form,
      received,
      ...exposures.entry(session, id),
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      if ('outcome' in values) {
        const { case: caseId, revision, outcome, basis } = parse(CLOSE, values);
        const sure = await confirmed(visit, asked.request, values);
        return exposures.closeCase(sure.session, { id: caseId, revision }, outcome, basis);
      }
      if ('case' in values) {
        const { case: caseId, revision, reason } = parse(EXTEND, values);
        return exposures.extendCase(session, { id: caseId, revision }, reason);
      }
      return exposures.openCase(session, { exposureId: id, ...parse(OPEN, values) });
    });
    return 'form' in result ? toPage(result.form) : seeOther(exposureEntryUrl(id));
  });
}

const KINDS = { creditRepair: 'repair', creditObjection: 'objection' } as const;

/** How a submission is received at an entry: nothing of what it says, only which it is. @throws ForbiddenError, NotFoundError */
function fromSubmission({ cases, session }: Visit, id: string | null): ExposureEntryPage['received'] {
  if (id === null) return {};
  const { kind, receivedOn } = cases.head(session, id);
  if (!isCredit(kind)) return {};
  return { kind: KINDS[kind], receivedOn, ground: `本站收到的${submissionKind(kind).label}，事项 ${id}` };
}

const isCredit = (kind: string): kind is keyof typeof KINDS => kind in KINDS;
