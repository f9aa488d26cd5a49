import { type FieldFault, NotFoundError } from '#src/domain/errors.ts';
import { standingOf } from '#src/domain/participation/case.ts';
import type { Clock } from '#src/domain/participation/clock.ts';
import { fromKindSlug, type SubmissionKind } from '#src/domain/participation/kinds.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { getWorkingCalendar } from '../../calendar.ts';
import { webDb } from '../../db.ts';
import { readForm } from '../../form-fields.ts';
import { CLIENT_HEADER } from '../../http/client-header.ts';
import { type FormToken, issueToken } from '../../participation/form-token.ts';
import { staffRecipient } from '../../participation/keys.ts';
import { intakeLimits } from '../../participation/limits.ts';
import { findNoticeTitle } from '../../participation/notice-title.ts';
import { type Receipt, receiveSubmission } from '../../participation/receive.ts';
import type { Asked } from '../asked.ts';

/** The form of a kind, or the receipt of what was sent with it. */
export interface SubmissionFormPage {
  kind: SubmissionKind;
  /** The notice that it is about. */
  notice: { id: string; title: string } | undefined;
  values: Record<string, string>;
  faults: FieldFault[];
  token: string;
  bits: number;
  receipt: Receipt | undefined;
  /** By when there will be an answer, or a word whether it is taken on, of what is or would be received today. */
  clock: Clock;
  /** Whether there is a key to seal to: without it nothing is taken in. */
  isOpen: boolean;
}

/** The form; sent, it is taken in. @throws NotFoundError for a kind that there is not, InputError for a body that is none */
export async function loadSubmissionForm({ params, url, request }: Asked): Promise<SubmissionFormPage> {
  const kind = fromKindSlug(params.kind ?? '');
  if (!kind) throw new NotFoundError();
  const now = Date.now();
  const network = request.headers.get(CLIENT_HEADER) ?? '';
  if (request.method !== 'POST') {
    const about = url.searchParams.get('notice') ?? '';
    return toPage(kind, { values: { notice: about }, faults: [], token: undefined }, network, now);
  }
  const { values, files } = await readForm(request);
  const made = await receiveSubmission(kind, { values, files: files.files ?? [], network, now });
  if ('code' in made)
    return { ...toPage(kind, { values: {}, faults: [], token: undefined }, network, now), receipt: made };
  return toPage(kind, made, network, now);
}

function toPage(
  kind: SubmissionKind,
  { values, faults, token }: { values: Record<string, string>; faults: FieldFault[]; token: FormToken | undefined },
  network: string,
  now: number,
): SubmissionFormPage {
  const given = token ?? issueToken(kind, intakeLimits().bitsFor(network, now), now);
  const id = values.notice ?? '';
  const today = formatDate(new Date(now).toISOString());
  const title = id === '' ? undefined : findNoticeTitle(webDb(), id);
  return {
    ...{ kind, values, faults, token: given.token, bits: given.bits, receipt: undefined },
    clock: standingOf({ kind, receivedOn: today }, [], getWorkingCalendar(), today).clock,
    notice: title === undefined ? undefined : { id, title },
    isOpen: staffRecipient() !== undefined,
  };
}
