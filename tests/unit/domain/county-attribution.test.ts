import { describe, expect, test } from 'vitest';
import type { County } from '#src/domain/counties/counties.ts';
import { attributeCounty } from '#src/domain/counties/county-attribution.ts';

const HEADS: [title: string, publishedBy: County, county: County][] = [
  ['太白湖新区某某路管网工程', 'jining', 'taibaihu'],
  ['济宁北湖省级旅游度假区某某路工程', 'jining', 'taibaihu'],
  ['济宁经济开发区某某标准厂房', 'jining', 'jingkai'],
  ['济宁高新区某某学校', 'jining', 'gaoxin'],
  ['高新区某某学校', 'gaoxin', 'gaoxin'],
  ['市中区某某街道办公楼', 'jining', 'rencheng'],
  ['兖州市某某镇道路', 'jining', 'yanzhou'],
  ['邹城市某某小学', 'jining', 'zoucheng'],
];

/** Names that say nothing about the place: roads, boundaries, firms, and a zone of an unnamed city. */
const NAMES_INSIDE: typeof HEADS = [
  ['站前路至任城界道路工程', 'jining', 'jining'],
  ['邹城路排水改造', 'qufu', 'qufu'],
  ['山东曲阜某某集团有限公司厂房', 'jining', 'jining'],
  ['高新区某某学校', 'zoucheng', 'zoucheng'],
];

describe('trap 24: whose notice it is', () => {
  test.each(HEADS)('%s at %s', (title, publishedBy, county) =>
    expect(attributeCounty({ title, publishedBy })).toEqual({ county }),
  );

  test.each(NAMES_INSIDE)('%s at %s: the name inside is no place', (title, publishedBy, county) =>
    expect(attributeCounty({ title, publishedBy })).toEqual({ county }),
  );

  test('the head of the title beats the region field, which beats the site', () => {
    const title = '邹城市某某小学';
    expect(attributeCounty({ title, countyText: '曲阜市', publishedBy: 'jining' })).toEqual({ county: 'zoucheng' });
    expect(attributeCounty({ title: '某某小学', countyText: '曲阜市', publishedBy: 'jining' })).toEqual({
      county: 'qufu',
    });
  });

  test.each([
    ['市本级', 'jining'],
    ['济宁市公共资源交易网', 'zoucheng'],
    ['370883', 'zoucheng'],
    ['无', 'zoucheng'],
  ])('region field %s at Zoucheng', (countyText, county) =>
    expect(attributeCounty({ title: '某某小学', countyText, publishedBy: 'zoucheng' })).toEqual({ county }),
  );

  test.each(['青岛市', '139002', '海南省 省中心'])('%s is unknown, not guessed', (countyText) =>
    expect(attributeCounty({ title: '某某小学', countyText, publishedBy: 'jining' })).toEqual({ unknown: countyText }),
  );
});
