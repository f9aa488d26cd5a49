import { expect, it } from 'vitest';
import { initialGrams, organizationMatch } from '#src/domain/organizations/search-words.ts';

it('two typed letters are looked for among the initials too, one letter or other text is not', () => {
  expect(initialGrams(['济宁鼎新'])).toBe('jn nd dx');
  expect(organizationMatch('jn')).toContain('initials : "jn"');
  expect(organizationMatch('jndx')).toContain('initials : "jn nd dx"');
  expect(organizationMatch('j')).not.toContain('initials');
  expect(organizationMatch('济宁')).not.toContain('initials');
  expect(organizationMatch(' ')).toBeUndefined();
});
