import type { DisclosureDecision } from '../disclosure/decisions.ts';
import { InputError } from '../errors.ts';
import type { CaseEvent, CaseEventKind, CaseStanding } from '../participation/case.ts';
import { type Limit, type PauseCause, WAIT_LIMITS } from '../participation/clock.ts';
import type { LetterKind } from './letter-kinds.ts';

interface Step {
  label: string;
  /** What it is in the course of the case. */
  event: Exclude<CaseEventKind, 'replied'>;
  cause?: PauseCause;
  /** The letter that goes out with it. */
  letter?: LetterKind;
  /** Until when what is waited for has to come, from the letter on. */
  waits?: Limit;
  /** As what it is handled from then on, and in which row of table three it counts. */
  movesTo?: { kind: 'consultation' | 'tipOff'; decision: DisclosureDecision };
}

/** What the disclosure officer does with a request for information, in the order in which it may happen. */
export const FOI_STEPS = {
  register: { label: '登记受理', event: 'accepted', letter: 'registration' },
  correct: { label: '要求补正', event: 'asked', letter: 'correction' },
  thirdParty: {
    ...{ label: '征求第三方意见', event: 'paused', cause: 'thirdParty', letter: 'thirdParty' },
    waits: WAIT_LIMITS.thirdParty,
  },
  otherBody: {
    ...{ label: '征求其他机关意见', event: 'paused', cause: 'otherBody', letter: 'otherBody' },
    waits: WAIT_LIMITS.otherBody,
  },
  fee: {
    ...{ label: '发收费通知', event: 'paused', cause: 'fee', letter: 'fee' },
    waits: WAIT_LIMITS.fee,
  },
  resume: { label: '等候的已经收到，恢复计时', event: 'resumed' },
  propose: { label: '提请延期', event: 'proposed' },
  toConsultation: {
    ...{ label: '转为咨询办理', event: 'rerouted', letter: 'decision' },
    movesTo: { kind: 'consultation', decision: 'question' },
  },
  toTipOff: {
    ...{ label: '转为举报办理', event: 'rerouted', letter: 'decision' },
    movesTo: { kind: 'tipOff', decision: 'petition' },
  },
  decide: { label: '作出答复', event: 'answered', letter: 'decision' },
} as const satisfies Record<string, Step>;

export type FoiStep = keyof typeof FOI_STEPS;
export const FOI_STEP_KEYS = Object.keys(FOI_STEPS) as [FoiStep, ...FoiStep[]];

/** What is known of a step, with its widened type. */
export const foiStep = (step: FoiStep): Step => FOI_STEPS[step];

/** Which requests a list is of: those that go on, those that wait for what did not come in time, those that are over. */
export const FOI_VIEWS = { open: '待办', late: '等候期满', over: '已答复' } as const;
export type FoiView = keyof typeof FOI_VIEWS;
export const FOI_VIEW_KEYS = Object.keys(FOI_VIEWS) as [FoiView, ...FoiView[]];

/** Files that may go with one decision. */
export const MOST_ANSWER_FILES = 3;

/** Days within which a correction has to be asked for, at once and once (政府信息公开条例 30). */
export const CORRECTION_LIMIT: Limit = { count: 7, unit: 'wd' };

/**
 * Whether a request may be decided so as it stands: that somebody gave up only after the day that the letter named, and that it stays
 * unclear only after a correction was asked for (政府信息公开条例 30, 42). @throws InputError
 */
export function assertDecision(
  decision: DisclosureDecision,
  { wait }: Pick<CaseStanding, 'wait'>,
  events: readonly Pick<CaseEvent, 'kind'>[],
): void {
  const refuse = (message: string) => new InputError([{ name: 'decision', message }]);
  const isLateFor = (cause: PauseCause) => wait?.cause === cause && wait.isLate;
  if (decision === 'notCorrected' && !isLateFor('correction'))
    throw refuse('没有要求补正，或者补正期限还没有过，不能作“逾期不补正”处理（条例第三十条）');
  if (decision === 'notPaid' && !isLateFor('fee'))
    throw refuse('没有发收费通知，或者缴费期限还没有过，不能作“逾期不缴费”处理');
  if (decision === 'unclear' && !events.some(({ kind }) => kind === 'asked'))
    throw refuse('没有要求过补正，不能作“补正后仍不明确”处理（条例第三十条）');
}
