import type { Role } from '../staff/roles.ts';
import type { DraftState } from './states.ts';

/** What has to hold of the draft and of the person before something may happen; `guards.ts` says each in words. */
export type Guard =
  | 'isAuthor'
  | 'isNotAuthor'
  | 'isNotFirstReviewer'
  | 'isComplete'
  | 'hasOriginal'
  | 'isScreened'
  | 'isApproved'
  | 'isDue';

interface Transition {
  /** What it is called: on buttons, in the history, in the audit. */
  label: string;
  from: readonly DraftState[];
  to: DraftState;
  /** Who may, any one of them; empty for what follows of itself and no person does. */
  roles: readonly Role[];
  guards: readonly Guard[];
  /** Whether words have to be given: an opinion, a ground. */
  reason: 'required' | 'optional' | 'none';
  /** What it is for, on the page of help. */
  help: string;
}

const WRITERS = ['countyClerk', 'editor', 'disclosureOfficer'] as const;
const READY = ['isComplete', 'hasOriginal', 'isScreened'] as const;
const UNDER_REVIEW = ['attributeReview', 'firstReview', 'finalReview'] as const;

/**
 * The whole life of a draft: whatever moves one, and nothing else does. The server, the buttons, the page of help and the tests read this
 * table. Whatever goes back to `drafting` voids the approvals: they were given to what is about to change.
 */
const TRANSITIONS = {
  edit: {
    label: '保存修改',
    from: ['drafting', ...UNDER_REVIEW, 'scheduled'],
    to: 'drafting',
    roles: WRITERS,
    guards: [],
    reason: 'none',
    help: '送审以后再改，已有的审核意见全部作废，须重新送审。',
  },
  submit: {
    label: '送属性认定',
    from: ['drafting'],
    to: 'attributeReview',
    roles: WRITERS,
    guards: READY,
    reason: 'optional',
    help: '必填内容齐全、关联原公告、保密筛查处理完毕后才能送出。',
  },
  submitUrgent: {
    label: '紧急送审',
    from: ['drafting'],
    to: 'firstReview',
    roles: WRITERS,
    guards: READY,
    reason: 'required',
    help: '由经办人在源头认定为主动公开，直接送初审并排在最前；仍须初审、复审两人把关，理由和“紧急”字样留在记录和审计里。',
  },
  determineOpen: {
    label: '认定为主动公开',
    from: ['attributeReview'],
    to: 'firstReview',
    roles: ['editor', 'disclosureOfficer'],
    guards: ['isNotAuthor'],
    reason: 'optional',
    help: '《政府信息公开条例》第十三条、第十九条、第二十条。',
  },
  withhold: {
    label: '认定为不予公开',
    from: ['attributeReview'],
    to: 'withheld',
    roles: ['editor', 'disclosureOfficer'],
    guards: ['isNotAuthor'],
    reason: 'required',
    help: '须写明依据：条例第十四条（国家秘密）、第十五条（第三方权益）、第十六条（内部事务、过程性信息）或依申请公开。',
  },
  reassess: {
    label: '重新认定',
    from: ['withheld'],
    to: 'attributeReview',
    roles: ['disclosureOfficer'],
    guards: [],
    reason: 'required',
    help: '条例第十八条：对不予公开的信息定期评估审查。',
  },
  approveFirst: {
    label: '初审通过',
    from: ['firstReview'],
    to: 'finalReview',
    roles: ['firstReviewer'],
    guards: ['isNotAuthor', ...READY],
    reason: 'required',
    help: '《保守国家秘密法》第三十五条、条例第十七条。写明审核意见；意见只对当前内容有效。',
  },
  approveFinal: {
    label: '复审通过，准予发布',
    from: ['finalReview'],
    to: 'scheduled',
    roles: ['finalReviewer'],
    guards: ['isNotAuthor', 'isNotFirstReviewer', ...READY],
    reason: 'required',
    help: '复审人不能是经办人或初审人。没有定时的立即发布。',
  },
  returnToAuthor: {
    label: '退回修改',
    from: ['attributeReview'],
    to: 'drafting',
    roles: ['editor', 'disclosureOfficer'],
    guards: [],
    reason: 'required',
    help: '写明要改什么，可以在内容的具体位置写批注。',
  },
  returnFirst: {
    label: '初审退回',
    from: ['firstReview'],
    to: 'drafting',
    roles: ['firstReviewer'],
    guards: [],
    reason: 'required',
    help: '写明要改什么，可以在内容的具体位置写批注。',
  },
  returnFinal: {
    label: '复审退回',
    from: ['finalReview'],
    to: 'drafting',
    roles: ['finalReviewer'],
    guards: [],
    reason: 'required',
    help: '写明要改什么，可以在内容的具体位置写批注。',
  },
  recall: {
    label: '取回修改',
    from: [...UNDER_REVIEW, 'scheduled'],
    to: 'drafting',
    roles: WRITERS,
    guards: ['isAuthor'],
    reason: 'required',
    help: '发布之前经办人可以取回；取回后须重新送审。',
  },
  hold: {
    label: '停止定时发布',
    from: ['scheduled'],
    to: 'drafting',
    roles: ['finalReviewer', 'disclosureOfficer'],
    guards: [],
    reason: 'required',
    help: '发布之前复审人可以叫停；须重新送审。',
  },
  discard: {
    label: '作废',
    from: ['drafting', 'withheld'],
    to: 'discarded',
    roles: WRITERS,
    guards: [],
    reason: 'required',
    help: '不再办理；内容和记录保留，不能恢复。',
  },
  release: {
    label: '发布',
    from: ['scheduled'],
    to: 'published',
    roles: [],
    guards: ['isApproved', 'isDue'],
    reason: 'none',
    help: '到时自动发布，只发布一次。',
  },
  refuse: {
    label: '发布未成功，退回',
    from: ['scheduled'],
    to: 'drafting',
    roles: [],
    guards: [],
    reason: 'required',
    help: '发布前的最后检查没有通过时退回，原因写在记录里。',
  },
  correct: {
    label: '被更正',
    from: ['published', 'corrected', 'clarified'],
    to: 'corrected',
    roles: [],
    guards: [],
    reason: 'none',
    help: '发布更正公告时，原公告随之标明。',
  },
  clarify: {
    label: '被澄清',
    from: ['published', 'corrected', 'clarified'],
    to: 'clarified',
    roles: [],
    guards: [],
    reason: 'none',
    help: '发布澄清、中止、恢复、终止公告时，原公告随之标明。',
  },
  withdraw: {
    label: '被撤回',
    from: ['published', 'corrected', 'clarified', 'archived'],
    to: 'withdrawn',
    roles: [],
    guards: [],
    reason: 'required',
    help: '撤回也要走完初审、复审；原地址注明已撤回和原因，不再提供内容。',
  },
  archive: {
    label: '归档',
    from: ['published', 'corrected', 'clarified', 'withdrawn'],
    to: 'archived',
    roles: ['editor', 'disclosureOfficer'],
    guards: [],
    reason: 'optional',
    help: '办理完毕；公告照常公开。交易公告和公示信息保存不少于十年。',
  },
} as const satisfies Record<string, Transition>;

export type DraftEvent = keyof typeof TRANSITIONS;
export const DRAFT_EVENTS = Object.keys(TRANSITIONS) as [DraftEvent, ...DraftEvent[]];

/** The row of an event, with its widened type. */
export const transitionOf = (event: DraftEvent): Transition => TRANSITIONS[event];

/** Events that a person sets off. */
export type PersonEvent = {
  [Event in DraftEvent]: (typeof TRANSITIONS)[Event]['roles'] extends readonly [] ? never : Event;
}[DraftEvent];
/** Events that follow of themselves. */
export type OwnEvent = Exclude<DraftEvent, PersonEvent>;

export const isPersonEvent = (event: DraftEvent): event is PersonEvent => transitionOf(event).roles.length > 0;
export const PERSON_EVENTS = DRAFT_EVENTS.filter(isPersonEvent);

/** What may happen to a draft in a state, whoever does it. */
export const eventsFrom = (state: DraftState): DraftEvent[] =>
  DRAFT_EVENTS.filter((event) => transitionOf(event).from.includes(state));

freeze(TRANSITIONS);

function freeze(value: object): void {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part);
  Object.freeze(value);
}
