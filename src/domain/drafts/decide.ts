import type { County } from '../counties/counties.ts';
import { REFUSALS as RIGHTS, type Refusal as RightsRefusal, refusalOf } from '../staff/permissions.ts';
import type { Officer } from '../staff/roles.ts';
import type { Instant } from '../time/time.ts';
import { permittedOf } from './permitted.ts';
import { DRAFT_STATES, type DraftState } from './states.ts';
import { type DraftEvent, type Guard, isPersonEvent, transitionOf } from './transitions.ts';

/** What a decision about a draft looks at. */
export interface DraftFacts {
  state: DraftState;
  county: County;
  /** Accounts that wrote any of its versions. */
  authors: readonly string[];
  firstReviewer: string | null;
  finalReviewer: string | null;
  /** SHA-256 of the content, and of what each reviewer approved. */
  hash: string;
  firstHash: string | null;
  finalHash: string | null;
  scheduledAt: Instant | null;
  /** What is missing or wrong of the content, in words. */
  faults: readonly string[];
  /** Whether it names an original, and whether it has to. */
  needsOriginal: boolean;
  hasOriginal: boolean;
  /** Finds of the screening that nobody masked or justified. */
  openFinds: number;
}

/** Who asks: a person, or the worker at an instant. */
export type Asker = { officer: Officer } | { now: Instant };

/** Why something may not happen to a draft, by name. */
export const DRAFT_REFUSALS = {
  ...RIGHTS,
  state: '现在的环节不能做这项操作',
  person: '这一步由系统完成，不能由人操作',
  worker: '这一步须由人操作',
  reason: '请写明意见或理由',
  isAuthor: '只有经办人本人可以这样做',
  isNotAuthor: '不能审核自己经办的稿件',
  isNotFirstReviewer: '复审人不能与初审人相同',
  isComplete: '必填内容还不完整',
  hasOriginal: '这类公告必须关联原公告',
  isScreened: '保密筛查还有没处理的发现',
  isApproved: '内容与审核通过的不一致',
  isDue: '还没有到发布时间',
} as const satisfies Record<string, string> & Record<Guard, string>;

export type DraftRefusal = keyof typeof DRAFT_REFUSALS;
export type Decision = { ok: true; to: DraftState } | { ok: false; refusal: DraftRefusal; message: string };

/**
 * Whether an event may happen to a draft. The only place that decides it: buttons, forms, the worker and the tests ask here.
 * Rights come first, so that nobody learns of drafts that are not theirs; `reason` is what was given, undefined where it is not asked yet.
 */
export function decide(facts: DraftFacts, event: DraftEvent, asker: Asker, reason?: string): Decision {
  const { from, to, guards, reason: needed } = transitionOf(event);
  const right = rightOf(facts.county, event, asker);
  if (right !== null) return refuse(right);
  if (!from.includes(facts.state)) {
    return refuse('state', `稿件现在处于“${DRAFT_STATES[facts.state].label}”，不能${transitionOf(event).label}`);
  }
  const broken = guards.find((guard) => !HOLDS[guard](facts, asker));
  if (broken) return refuse(broken, explain(broken, facts));
  if (needed === 'required' && reason !== undefined && reason.trim().length < 2) return refuse('reason');
  return { ok: true, to };
}

function rightOf(county: County, event: DraftEvent, asker: Asker): RightsRefusal | 'person' | 'worker' | null {
  if (!('officer' in asker)) return isPersonEvent(event) ? 'worker' : null;
  return isPersonEvent(event) ? refusalOf(asker.officer, permittedOf(event), county) : 'person';
}

const refuse = (refusal: DraftRefusal, message: string = DRAFT_REFUSALS[refusal]): Decision => ({
  ok: false,
  refusal,
  message,
});

const personOf = (asker: Asker): string | null => ('officer' in asker ? asker.officer.accountId : null);

const HOLDS: Readonly<Record<Guard, (facts: DraftFacts, asker: Asker) => boolean>> = {
  isAuthor: ({ authors }, asker) => authors.includes(personOf(asker) ?? ''),
  isNotAuthor: ({ authors }, asker) => !authors.includes(personOf(asker) ?? ''),
  isNotFirstReviewer: ({ firstReviewer }, asker) => firstReviewer !== personOf(asker),
  isComplete: ({ faults }) => faults.length === 0,
  hasOriginal: ({ needsOriginal, hasOriginal }) => hasOriginal || !needsOriginal,
  isScreened: ({ openFinds }) => openFinds === 0,
  isApproved: ({ hash, firstHash, finalHash, firstReviewer, finalReviewer }) =>
    firstHash === hash && finalHash === hash && firstReviewer !== null && finalReviewer !== null,
  isDue: ({ scheduledAt }, asker) => scheduledAt !== null && 'now' in asker && scheduledAt <= asker.now,
};

function explain(guard: Guard, { faults, openFinds }: DraftFacts): string {
  const message = DRAFT_REFUSALS[guard];
  if (guard === 'isComplete') return `${message}：${faults.slice(0, 5).join('；')}`;
  return guard === 'isScreened' ? `${message}（${openFinds} 处）` : message;
}
