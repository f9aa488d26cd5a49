import { describe, expect, test } from 'vitest';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { type DraftFacts, type DraftRefusal, decide } from '#src/domain/drafts/decide.ts';
import { permittedOf } from '#src/domain/drafts/permitted.ts';
import { DRAFT_STATE_KEYS, type DraftState } from '#src/domain/drafts/states.ts';
import { DRAFT_EVENTS, type Guard, isPersonEvent, transitionOf } from '#src/domain/drafts/transitions.ts';
import { PERMISSIONS } from '#src/domain/staff/permissions.ts';
import { type Officer, ROLE_KEYS, type Role } from '#src/domain/staff/roles.ts';

const NOW = '2026-03-02T01:00:00.000Z';
const HASH = 'a'.repeat(64);

/** A draft of which nothing can be said against anything. */
const facts = (state: DraftState, county: County, more: Partial<DraftFacts> = {}): DraftFacts => ({
  ...{ state, county, authors: ['author'], firstReviewer: 'first', finalReviewer: 'final' },
  ...{ hash: HASH, firstHash: HASH, finalHash: HASH, scheduledAt: NOW },
  ...{ faults: [], needsOriginal: true, hasOriginal: true, openFinds: 0 },
  ...more,
});
const officer = (roles: readonly Role[], county: County | null, accountId = 'somebody'): Officer => ({
  ...{ accountId, roles, county, hasSecondFactor: true, isSteppedUp: true },
});

describe('every state × event × role × home × county', () => {
  test('is allowed exactly where the table says so, and every refusal has its name', () => {
    const tally = new Map<DraftRefusal | 'ok', number>();
    for (const state of DRAFT_STATE_KEYS)
      for (const event of DRAFT_EVENTS)
        for (const role of ROLE_KEYS)
          for (const home of [null, ...COUNTY_SLUGS])
            for (const county of COUNTY_SLUGS) {
              const { from, to, roles, guards } = transitionOf(event);
              const who = guards.includes('isAuthor') ? 'author' : 'somebody';
              const decision = decide(facts(state, county), event, { officer: officer([role], home, who) }, '同意发布');
              const expected = !isPersonEvent(event)
                ? 'person'
                : !roles.includes(role)
                  ? 'role'
                  : home !== null && home !== county
                    ? 'county'
                    : from.includes(state)
                      ? 'ok'
                      : 'state';
              const got = decision.ok ? 'ok' : decision.refusal;
              if (got !== expected) expect.fail(`${state} ${event} ${role} of ${home} in ${county}: ${got}`);
              if (decision.ok && decision.to !== to) expect.fail(`${event} leads to ${decision.to}`);
              tally.set(got, (tally.get(got) ?? 0) + 1);
            }
    expect([...tally.keys()].sort()).toEqual(['county', 'ok', 'person', 'role', 'state']);
  });

  test('what follows of itself follows from its states alone, and nobody makes the worker do a person’s part', () => {
    for (const state of DRAFT_STATE_KEYS)
      for (const event of DRAFT_EVENTS) {
        const decision = decide(facts(state, 'qufu'), event, { now: NOW }, '原因');
        const expected = isPersonEvent(event) ? 'worker' : transitionOf(event).from.includes(state) ? 'ok' : 'state';
        expect(decision.ok ? 'ok' : decision.refusal, `${state} ${event}`).toBe(expected);
      }
  });
});

/** For each guard, what breaks it. */
const BREAKS: Record<Guard, { more?: Partial<DraftFacts>; who?: string; now?: string }> = {
  isAuthor: { who: 'somebody' },
  isNotAuthor: { who: 'author' },
  isNotFirstReviewer: { who: 'first' },
  isComplete: { more: { faults: ['请填写标题'] } },
  hasOriginal: { more: { hasOriginal: false } },
  isScreened: { more: { openFinds: 2 } },
  isApproved: { more: { firstHash: 'b'.repeat(64) } },
  isDue: { now: '2026-03-02T00:59:59.999Z' },
};

test('each guard of each event refuses by its name, and needs words where the table says so', () => {
  let guarded = 0;
  for (const event of DRAFT_EVENTS) {
    const { from, roles, guards, reason } = transitionOf(event);
    const [state = 'drafting'] = from;
    const own = guards.includes('isAuthor') ? 'author' : 'somebody';
    for (const guard of guards) {
      const { more, who = own, now = NOW } = BREAKS[guard];
      const asker = isPersonEvent(event) ? { officer: officer(roles, null, who) } : { now };
      const decision = decide(facts(state, 'qufu', more), event, asker, '同意发布');
      expect(decision.ok ? 'ok' : decision.refusal, `${event} ${guard}`).toBe(guard);
      guarded++;
    }
    if (reason === 'required' && isPersonEvent(event))
      for (const words of ['', ' ', '好'])
        expect(decide(facts(state, 'qufu'), event, { officer: officer(roles, null, own) }, words)).toMatchObject({
          refusal: 'reason',
        });
  }
  expect(guarded).toBeGreaterThan(15);
});

test('no way leads to the public but over two reviewers who are not the author, and each other', () => {
  const publicly: DraftState[] = ['published'];
  for (const event of DRAFT_EVENTS) {
    const { from, to, guards } = transitionOf(event);
    if (to === 'scheduled') {
      expect(from).toEqual(['finalReview']);
      expect(guards).toEqual(expect.arrayContaining(['isNotAuthor', 'isNotFirstReviewer', 'isComplete', 'isScreened']));
    }
    if (to === 'finalReview') expect(guards).toContain('isNotAuthor');
    if (publicly.includes(to)) {
      expect(from).toEqual(['scheduled']);
      expect(guards).toEqual(['isApproved', 'isDue']);
    }
  }
  expect(DRAFT_EVENTS.filter((event) => transitionOf(event).to === 'finalReview')).toEqual(['approveFirst']);
  expect(DRAFT_EVENTS.filter((event) => transitionOf(event).to === 'published')).toEqual(['release']);
});

test('the tables cannot be changed, and rights are those of the transitions', () => {
  expect(Object.isFrozen(transitionOf('submit')) && Object.isFrozen(transitionOf('submit').roles)).toBe(true);
  for (const event of DRAFT_EVENTS.filter(isPersonEvent))
    expect(PERMISSIONS[permittedOf(event)].roles).toEqual(transitionOf(event).roles);
});
