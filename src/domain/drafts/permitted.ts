import type { Role } from '../staff/roles.ts';
import {
  DRAFT_EVENTS,
  isPersonEvent,
  type OwnEvent,
  PERSON_EVENTS,
  type PersonEvent,
  transitionOf,
} from './transitions.ts';

/** What the table of rights calls an event that a person sets off. */
export type DraftPermitted = `draft.${PersonEvent}`;

export const permittedOf = <Event extends PersonEvent>(event: Event): `draft.${Event}` => `draft.${event}`;

interface DraftPermission {
  label: string;
  roles: readonly Role[];
  scope: 'county';
}

/** The rows of the table of rights that follow from the transitions: who may set off each event, within their own county. */
export const DRAFT_PERMISSIONS = Object.fromEntries(
  PERSON_EVENTS.map((event): [DraftPermitted, DraftPermission] => {
    const { label, roles } = transitionOf(event);
    return [permittedOf(event), { label: `稿件：${label}`, roles, scope: 'county' }];
  }),
) as Record<DraftPermitted, DraftPermission>;

/** What the audit calls the events that follow of themselves. */
export const DRAFT_OWN_ACTIONS = Object.fromEntries(
  DRAFT_EVENTS.filter((event) => !isPersonEvent(event)).map((event) => [
    `draft.${event}`,
    `稿件：${transitionOf(event).label}`,
  ]),
) as Record<`draft.${OwnEvent}`, string>;
