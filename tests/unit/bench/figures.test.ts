import { expect, test } from 'vitest';
import { formatNumber, formatRange, median, percentile, reaches } from '#scripts/bench/figures.ts';

test('the median is the middle value, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('a percentile is a measured value', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.5)).toBe(51);
  expect(percentile(values, 0.99)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
});

test('a figure is judged by its median, in the direction of its aim', () => {
  const values = [1, 2, 30];
  expect(reaches({ name: 'x', values })).toBe(true);
  expect(reaches({ name: 'x', values, aim: { atMost: 2 } })).toBe(true);
  expect(reaches({ name: 'x', values, aim: { atMost: 1.9 } })).toBe(false);
  expect(reaches({ name: 'x', values, aim: { atLeast: 2 } })).toBe(true);
  expect(reaches({ name: 'x', values, aim: { atLeast: 2.1 } })).toBe(false);
});

test('numbers are short and ranges show the noise', () => {
  expect(formatNumber(0.012345)).toBe('0.0123');
  expect(formatNumber(48_211.4)).toBe('48211');
  expect(formatRange([2, 1, 3])).toBe('1–3');
  expect(formatRange([2])).toBe('');
});
