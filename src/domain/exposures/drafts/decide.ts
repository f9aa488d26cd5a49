import type { County } from '../../counties/counties.ts';
import { REFUSALS, refusalOf } from '../../staff/permissions.ts';
import type { Officer } from '../../staff/roles.ts';
import { EXPOSURE_DRAFT_STATES, type ExposureDraftState } from './states.ts';
import {
  type ExposureDraftEvent,
  type ExposureGuard,
  exposurePermittedOf,
  exposureTransitionOf,
} from './transitions.ts';

/** What a decision about the draft of an entry looks at. */
export interface ExposureDraftFacts {
  state: ExposureDraftState;
  county: County;
  /** Accounts that wrote any of what it says or said. */
  authors: readonly string[];
  /** What is missing or wrong, in words. */
  faults: readonly string[];
  /** Whether it would never be public: of minor grade without a reason (信用修复管理办法). */
  isWithheld: boolean;
}

export const EXPOSURE_DRAFT_REFUSALS = {
  ...REFUSALS,
  state: '现在的环节不能做这项操作',
  reason: '请写明意见或理由',
  isAuthor: '只有起草人本人可以这样做',
  isNotAuthor: '起草或修改过的人不能放行',
  isComplete: '必填内容还不完整',
  isPublishable: '轻微失信行为原则上不公示；确需公示的，须写明理由',
} as const satisfies Record<string, string> & Record<ExposureGuard, string>;

export type ExposureDraftRefusal = keyof typeof EXPOSURE_DRAFT_REFUSALS;
export type ExposureDecision =
  | { ok: true; to: ExposureDraftState }
  | { ok: false; refusal: ExposureDraftRefusal; message: string };

/**
 * Whether an event may happen to a draft: buttons, forms and tests ask here. Rights come first, so that nobody learns of drafts that are
 * not theirs; `reason` is what was given, undefined where it is not asked yet.
 */
export function decideExposure(
  facts: ExposureDraftFacts,
  event: ExposureDraftEvent,
  officer: Officer,
  reason?: string,
): ExposureDecision {
  const { from, to, guards, label, reason: needed } = exposureTransitionOf(event);
  const right = refusalOf(officer, exposurePermittedOf(event), facts.county);
  if (right !== null && right !== 'stepUp') return refuse(right);
  if (!from.includes(facts.state))
    return refuse('state', `现在处于“${EXPOSURE_DRAFT_STATES[facts.state].label}”，不能${label}`);
  const broken = guards.find((guard) => !HOLDS[guard](facts, officer));
  if (broken === 'isComplete')
    return refuse(broken, `${EXPOSURE_DRAFT_REFUSALS.isComplete}：${facts.faults.join('；')}`);
  if (broken) return refuse(broken);
  if (right !== null) return refuse(right);
  return needed === 'required' && reason !== undefined && reason.trim().length < 2
    ? refuse('reason')
    : { ok: true, to };
}

const refuse = (
  refusal: ExposureDraftRefusal,
  message: string = EXPOSURE_DRAFT_REFUSALS[refusal],
): ExposureDecision => ({ ok: false, refusal, message });

const HOLDS: Readonly<Record<ExposureGuard, (facts: ExposureDraftFacts, officer: Officer) => boolean>> = {
  isAuthor: ({ authors }, { accountId }) => authors.includes(accountId),
  isNotAuthor: ({ authors }, { accountId }) => !authors.includes(accountId),
  isComplete: ({ faults }) => faults.length === 0,
  isPublishable: ({ isWithheld }) => !isWithheld,
};
