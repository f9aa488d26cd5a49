import { expect, it } from 'vitest';
import { findFragment, keepFragment } from '#src/components/kept/fragments.ts';

it('gives a fragment back under its own key only', () => {
  expect(keepFragment('footer []', '<footer></footer>')).toBe('<footer></footer>');
  expect(findFragment('footer []')).toBe('<footer></footer>');
  expect(findFragment('header []')).toBeUndefined();
});

it('lets the oldest go when there are many, so that addresses cannot fill the memory', () => {
  keepFragment('first', 'x');
  for (let index = 0; index < 1_000; index++) keepFragment(`panel ${index}`, 'x');
  expect(findFragment('first')).toBeUndefined();
  expect(findFragment('panel 999')).toBe('x');
  expect(Array.from({ length: 1_000 }, (_, index) => findFragment(`panel ${index}`)).filter(Boolean).length).toBe(300);
});
