import { describe, expect, it } from 'vitest';
import { countyOfBody } from '#src/domain/counties/county-attribution.ts';
import { isRelatedName, nameCore, statesRenaming } from '#src/domain/organizations/related-names.ts';

describe('the core of a name', () => {
  it.each([
    ['济宁砚棠智能科技有限公司', '砚棠'],
    ['山东省济宁市砚棠建设工程（集团）有限公司', '砚棠'],
    ['曲阜市砚棠人民医院', '砚棠人民医院'],
    ['济宁市第一建筑工程有限公司', '第一'],
  ])('of %s is %s', (name, core) => expect(nameCore(name)).toBe(core));
});

describe('two names beside one code', () => {
  it.each([
    ['济宁砚棠电子有限公司', '山东砚棠智能科技集团有限公司'],
    ['曲阜市教育局', '曲阜市教育和体育局'],
    ['示例微山（鲁南）建设有限公司', '示例新名建设有限公司'],
    ['砚棠建设有限公司', '砚棠建设有限公司济宁分公司'],
    ['济宁霁月轩建筑有限公司', '济宁霁月杆建筑有限公司'],
  ])('%s and %s are related, either way', (one, other) => {
    expect([isRelatedName(one, other), isRelatedName(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['济宁砚棠建设有限公司', '济宁霁岚建设有限公司'],
    ['济宁甲建设有限公司', '济宁乙建设有限公司'],
    ['曲阜霁岚建筑有限公司', '济宁砚棠智能科技有限公司'],
    ['济宁市砚棠科技有限公司', '济宁市任城区人民医院'],
  ])('%s and %s are not', (one, other) => {
    expect([isRelatedName(one, other), isRelatedName(other, one)]).toEqual([false, false]);
  });
});

describe('a text', () => {
  const [OLD, NOW] = ['济宁霁岚建设有限公司', '山东砚棠集团有限公司'];

  it.each([
    `${NOW}（原名称：${OLD}）`,
    `${NOW}，曾用名 ${OLD}`,
    `${OLD}已于2026年3月更名为${NOW}`,
    `${OLD}名称变更为${NOW}。`,
  ])('states a renaming: %s', (text) =>
    expect([statesRenaming(text, OLD, NOW), statesRenaming(text, NOW, OLD)]).toEqual([true, true]),
  );

  it.each([`${OLD}、${NOW}`, `中标人：${OLD}；第二名：${NOW}`, `${OLD}更名为济宁某某有限公司`])(
    'states none: %s',
    (text) => expect(statesRenaming(text, OLD, NOW)).toBe(false),
  );
});

describe('the county of a deciding body', () => {
  it.each([
    ['曲阜市财政局', 'qufu'],
    ['济宁市任城区住房和城乡建设局', 'rencheng'],
    ['济宁市财政局', 'jining'],
    ['山东省济宁市公共资源交易服务中心', 'jining'],
    ['财政局', undefined],
  ] as const)('of %s is %s', (name, county) => expect(countyOfBody(name, 'jining')).toBe(county));
});
