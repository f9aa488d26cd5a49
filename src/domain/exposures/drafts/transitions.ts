import type { Role } from '../../staff/roles.ts';
import type { ExposureDraftState } from './states.ts';

/** What has to hold of the draft and of the person before something may happen; `decide.ts` says each in words. */
export type ExposureGuard = 'isAuthor' | 'isNotAuthor' | 'isComplete' | 'isPublishable';

interface Transition {
  /** What it is called: on buttons, in the history, in the audit. */
  label: string;
  from: readonly ExposureDraftState[];
  to: ExposureDraftState;
  roles: readonly Role[];
  guards: readonly ExposureGuard[];
  reason: 'required' | 'optional' | 'none';
  /** The password has to have been given again a moment ago. */
  stepUp?: true;
  help: string;
}

const WRITERS = ['countyClerk', 'supervisor'] as const;
const RELEASERS = ['supervisor', 'finalReviewer'] as const;

/** The life of the draft of an entry: whatever moves one, and nothing else does. Server, buttons and tests read this table. */
const TRANSITIONS = {
  edit: {
    label: '保存修改',
    from: ['drafting', 'review'],
    to: 'drafting',
    roles: WRITERS,
    guards: [],
    reason: 'none',
    help: '送出以后再改，须重新送放行。',
  },
  submit: {
    label: '送放行',
    from: ['drafting'],
    to: 'review',
    roles: WRITERS,
    guards: ['isComplete', 'isPublishable'],
    reason: 'optional',
    help: '决定书文号、机关、日期和依据材料齐全，轻微的写明公示理由，才能送出。',
  },
  release: {
    label: '放行公示',
    from: ['review'],
    to: 'released',
    roles: RELEASERS,
    guards: ['isNotAuthor', 'isComplete', 'isPublishable'],
    reason: 'required',
    stepUp: true,
    help: '放行人不能是起草或修改过的人。放行后立即公示，到期自动停止。写明核对了哪些材料。',
  },
  returnToAuthor: {
    label: '退回修改',
    from: ['review'],
    to: 'drafting',
    roles: RELEASERS,
    guards: [],
    reason: 'required',
    help: '写明要改什么。',
  },
  recall: {
    label: '取回修改',
    from: ['review'],
    to: 'drafting',
    roles: WRITERS,
    guards: ['isAuthor'],
    reason: 'none',
    help: '放行之前起草人可以取回。',
  },
  discard: {
    label: '作废',
    from: ['drafting', 'review'],
    to: 'discarded',
    roles: WRITERS,
    guards: [],
    reason: 'required',
    help: '不再办理；内容和记录保留，不能恢复。',
  },
} as const satisfies Record<string, Transition>;

export type ExposureDraftEvent = keyof typeof TRANSITIONS;
export const EXPOSURE_DRAFT_EVENTS = Object.keys(TRANSITIONS) as [ExposureDraftEvent, ...ExposureDraftEvent[]];

/** The row of an event, with its widened type. */
export const exposureTransitionOf = (event: ExposureDraftEvent): Transition => TRANSITIONS[event];

/** What the table of rights calls an event. */
export type ExposureDraftPermitted = `exposure.${ExposureDraftEvent}`;
export const exposurePermittedOf = <Event extends ExposureDraftEvent>(event: Event): `exposure.${Event}` =>
  `exposure.${event}`;

/** The rows of the table of rights that follow from the transitions. */
export const EXPOSURE_PERMISSIONS = Object.fromEntries(
  EXPOSURE_DRAFT_EVENTS.map((event) => {
    const { label, roles, stepUp } = exposureTransitionOf(event);
    return [
      exposurePermittedOf(event),
      { label: `曝光条目：${label}`, roles, scope: 'county', ...(stepUp ? { stepUp } : {}) },
    ];
  }),
) as Record<ExposureDraftPermitted, { label: string; roles: readonly Role[]; scope: 'county'; stepUp?: true }>;

for (const transition of Object.values(TRANSITIONS)) Object.freeze(transition);
Object.freeze(TRANSITIONS);
