import type { CaseEventKind } from '../participation/case.ts';
import type { Limit, PauseCause } from '../participation/clock.ts';
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
}

/** What the disclosure officer does with a request for information, in the order in which it may happen. */
export const FOI_STEPS = {
  register: { label: '登记受理', event: 'accepted', letter: 'registration' },
  correct: { label: '要求补正', event: 'asked', letter: 'correction' },
  thirdParty: {
    ...{ label: '征求第三方意见', event: 'paused', cause: 'thirdParty', letter: 'thirdParty' },
    waits: { count: 15, unit: 'wd' },
  },
  otherBody: {
    ...{ label: '征求其他机关意见', event: 'paused', cause: 'otherBody', letter: 'otherBody' },
    waits: { count: 15, unit: 'wd' },
  },
  fee: {
    ...{ label: '发收费通知', event: 'paused', cause: 'fee', letter: 'fee' },
    waits: { count: 20, unit: 'wd' },
  },
  resume: { label: '等候的已经收到，恢复计时', event: 'resumed' },
  propose: { label: '提请延期', event: 'proposed' },
  decide: { label: '作出答复', event: 'answered', letter: 'decision' },
} as const satisfies Record<string, Step>;

export type FoiStep = keyof typeof FOI_STEPS;
export const FOI_STEP_KEYS = Object.keys(FOI_STEPS) as [FoiStep, ...FoiStep[]];

/** What is known of a step, with its widened type. */
export const foiStep = (step: FoiStep): Step => FOI_STEPS[step];

/** Days within which a correction has to be asked for, at once and once (政府信息公开条例 30). */
export const CORRECTION_LIMIT: Limit = { count: 7, unit: 'wd' };
