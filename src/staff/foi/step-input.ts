import type { DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import { InputError } from '#src/domain/errors.ts';
import { type FeeBasis, feeOf } from '#src/domain/foi/fees.ts';
import { assertDecision, type FoiStep, foiStep } from '#src/domain/foi/steps.ts';
import type { CaseEvent, CaseStanding } from '#src/domain/participation/case.ts';
import type { CaseAction } from '../participation/act.ts';
import type { GivenFile } from './files.ts';

/** A step as it is sent in. */
export interface StepInput {
  step: FoiStep;
  words: string;
  /** Of a correction, calendar days to make it; of an extension, working days. */
  days: number | null;
  /** Whom an opinion is asked of. */
  addressee: string;
  decision: DisclosureDecision | null;
  basis: FeeBasis | null;
  /** Which request of the month it is, or how many pages. */
  count: number | null;
  /** Of a decision: what is given to the person with it. */
  files: readonly GivenFile[];
  /** Whether somebody looked at what files hold that nobody sees. */
  isChecked: boolean;
}

/** What a step is in the course of the case. */
export function toAction({ step, words, days, decision, basis, count }: StepInput): CaseAction {
  const { event: kind, cause = null, movesTo } = foiStep(step);
  return {
    ...{ kind, cause, words, department: '', owner: null },
    fee: step === 'fee' ? feeOf(basis ?? 'items', count ?? 0) : null,
    days: kind === 'proposed' || kind === 'asked' ? days : null,
    decision: movesTo?.decision ?? (step === 'decide' ? decision : null),
  };
}

/** What a step cannot do without. @throws InputError */
export function assertWhole({ step, words, days, addressee, decision, basis, count }: StepInput): void {
  const lacks = (name: string, message: string) => new InputError([{ name, message }]);
  if (step !== 'register' && step !== 'resume' && words.length < 2) throw lacks('words', '请写明内容或理由');
  if (step === 'correct' && (days === null || days < 1)) throw lacks('days', '请写明给申请人几天补正，例如 15');
  if (step === 'propose' && (days === null || days < 1)) throw lacks('days', '请写明延期几个工作日，最多 20');
  if ((step === 'thirdParty' || step === 'otherBody') && addressee.length < 2)
    throw lacks('addressee', '请写明向谁征求意见');
  if (step === 'fee' && (basis === null || count === null || count < 1))
    throw lacks('count', '请选择计费方式并写明数量');
  if (step === 'decide' && decision === null)
    throw lacks('decision', '请选择答复的类别：每件申请计入年度报告表三的一行');
}

/** What may not be done as the request stands: each against the rule that it names. @throws InputError */
export function assertAllowed(
  { step, decision, basis, count }: StepInput,
  standing: CaseStanding,
  events: readonly CaseEvent[],
): void {
  if (step === 'fee' && feeOf(basis ?? 'items', count ?? 0) === 0)
    throw new InputError([{ name: 'count', message: '按收费标准不收费，不必发收费通知' }]);
  if (step === 'correct' && events.some(({ kind }) => kind === 'asked'))
    throw new InputError([{ name: 'step', message: '补正要求应当一次性告知，已经告知过一次（条例第三十条）' }]);
  if (step === 'decide' && decision !== null) assertDecision(decision, standing, events);
}
