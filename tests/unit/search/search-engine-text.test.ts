import { expect, test } from 'vitest';
import { markSnippet, markText, toMarks } from '#src/server/search/highlight.ts';
import { quoteValue, toEngineFilter } from '#src/server/search/meili-query.ts';

const marked = (text: string, ...terms: string[]) =>
  markText(text, toMarks(terms, []))
    .map(({ text: part, mark }) => (mark ? `[${part}]` : part))
    .join('');

test('marks are in the text as it stands, over blanks and forms', () => {
  expect(marked('嘉祥县ＬＥＤ显示屏采购', 'LED显示屏')).toBe('嘉祥县[ＬＥＤ显示屏]采购');
  expect(marked('道 路改造', '道路', '路改')).toBe('[道 路改]造');
  expect(marked('2012年12月', '12')).toBe('2012年[12]月');
  expect(marked('（一）占地３０㎡，𠮷林', '30m2', '𠮷')).toBe('（一）占地[３０㎡]，[𠮷]林');
  expect(marked('㎡㎡合计', 'm2合')).toBe('㎡[㎡合]计');
});

test('segments joined are the text', () => {
  const text = '济宁市（本级）5G 基站—配套𠮷设备';
  expect(
    markText(text, toMarks(['5G基站', '设备'], []))
      .map((segment) => segment.text)
      .join(''),
  ).toBe(text);
});

test('a snippet is cut around the best place', () => {
  const text = `${'前'.repeat(300)}监控系统${'后'.repeat(300)}`;
  const segments = markSnippet(text, toMarks(['监控'], []));
  expect(segments.filter(({ mark }) => mark).map((segment) => segment.text)).toEqual(['监控']);
  expect(segments.map((segment) => segment.text).join('').length).toBeLessThanOrEqual(122);
});

test('a filter value cannot end its quotes', () => {
  expect(quoteValue('x" OR county EXISTS')).toBe('"x\\" OR county EXISTS"');
  expect(toEngineFilter({ buyer: '\\" OR id EXISTS' }, { at: '2026-01-01T00:00:00.000Z', conditions: [] }, [])).toEqual(
    ['buyer = "\\\\\\" OR id EXISTS"'],
  );
});
