import { describe, expect, test } from 'vitest';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { mayAssign, PERMISSIONS, PERMITTED_KEYS, refusalOf } from '#src/domain/staff/permissions.ts';
import { type Officer, ROLE_KEYS, type Role } from '#src/domain/staff/roles.ts';

const officer = (roles: Role[], more: Partial<Officer> = {}): Officer => ({
  accountId: 'a',
  roles,
  county: null,
  hasSecondFactor: true,
  isSteppedUp: true,
  ...more,
});

describe('every role × action × county', () => {
  const cases = ROLE_KEYS.flatMap((role) =>
    PERMITTED_KEYS.flatMap((permitted) =>
      [null, ...COUNTY_SLUGS].flatMap((home) =>
        [null, ...COUNTY_SLUGS].map((county) => ({ role, permitted, home, county })),
      ),
    ),
  );

  test('is allowed exactly where the table names the role and the county is one’s own', () => {
    let allowed = 0;
    for (const { role, permitted, home, county } of cases) {
      const { roles, scope } = PERMISSIONS[permitted];
      const isListed = (roles as readonly Role[]).includes(role);
      const isNear = home === null || (scope === 'county' && county === home);
      const refusal = refusalOf(officer([role], { county: home }), permitted, county);
      expect(refusal, `${role} ${permitted} of ${home} in ${county}`).toBe(
        isListed ? (isNear ? null : 'county') : 'role',
      );
      if (refusal === null) allowed++;
    }
    expect(allowed).toBeGreaterThan(100);
    expect(allowed).toBeLessThan(cases.length / 4);
  });

  test('nobody may anything without a second factor, nor what needs the password without it', () => {
    for (const permitted of PERMITTED_KEYS) {
      const roles = [...PERMISSIONS[permitted].roles];
      expect(refusalOf(officer(roles, { hasSecondFactor: false }), permitted, null)).toBe('secondFactor');
      const needsPassword = 'stepUp' in PERMISSIONS[permitted];
      expect(refusalOf(officer(roles, { isSteppedUp: false }), permitted, null)).toBe(needsPassword ? 'stepUp' : null);
    }
  });

  test('nobody without a post may anything', () => {
    for (const permitted of PERMITTED_KEYS) expect(refusalOf(officer([]), permitted, null)).toBe('role');
  });
});

test('nobody gives posts that see further than they may', () => {
  const county = officer(['administrator'], { county: 'qufu' });
  expect(mayAssign(county, ['editor', 'firstReviewer'], 'qufu')).toBe(true);
  expect(mayAssign(county, ['editor'], 'zoucheng')).toBe(false);
  expect(mayAssign(county, ['editor'], null)).toBe(false);
  expect(mayAssign(county, ['supervisor'], 'qufu')).toBe(false);
  expect(mayAssign(officer(['administrator']), ['supervisor'], null)).toBe(true);
  expect(mayAssign(officer(['administrator']), ['supervisor'], 'qufu')).toBe(false);
});
