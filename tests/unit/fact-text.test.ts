import { describe, expect, test } from 'vitest';
import { formatArea, formatFactExact, formatFactShort } from '#src/domain/facts/fact-text.ts';
import { factLabel } from '#src/domain/facts/fact-words.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';

describe('facts for readers', () => {
  test('parties are called what their category calls them', () => {
    expect(factLabel('buyer', 'construction')).toBe('招标人');
    expect(factLabel('supplier', 'land')).toBe('竞得人');
    expect(factLabel('deposit', 'land')).toBe('竞买保证金');
  });

  test('stages too; without a category they keep their general name', () => {
    expect(stageLabel('tenderNotice', 'construction')).toBe('招标公告');
    expect(stageLabel('tenderNotice', 'procurement')).toBe('采购公告');
    expect(stageLabel('tenderNotice')).toBe('招标/采购公告');
    expect(stageLabel('landOffering', 'land')).toBe('出让公告');
  });

  test('area is said in square metres and mu', () => {
    expect(formatArea(35412)).toBe('35,412 平方米（53.12 亩）');
  });

  test('lists show typed values short, and the source’s words where no rule could read them', () => {
    expect(formatFactShort({ text: '见附件' })).toBe('见附件');
    expect(formatFactShort({ text: '123.456789万元', fen: 123_456_789 })).toBe('123.46 万元');
    expect(formatFactShort({ text: '35412㎡', squareMetres: 35412 })).toBe('35,412 平方米');
  });

  test('the facts table is exact, and undefined where only words are known', () => {
    expect(formatFactExact('budget', { text: '123.456789万元', fen: 123_456_789 })).toBe('1,234,567.89 元');
    expect(formatFactExact('deadline', { text: '5月1日', instant: '2026-05-01T01:30:00.000Z' })).toBe(
      '2026-05-01 09:30',
    );
    expect(formatFactExact('budget', { text: '下浮 5%' })).toBeUndefined();
    expect(formatFactExact('landUse', { text: '住宅' })).toBeUndefined();
  });
});
