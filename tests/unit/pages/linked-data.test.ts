import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLinkedData, toScriptText } from '#src/domain/site/linked-data.ts';

const SITE = { name: '通明', url: 'https://portal.example' };
const PAGE = {
  title: '某公告',
  canonical: '/notice/abc',
  crumbs: [{ label: '公告', href: '/notices' }, { label: '正文' }],
  meta: {},
};
const graphOf = (page: Partial<typeof PAGE & { description: string }>) =>
  (toLinkedData(SITE, { ...PAGE, ...page }) as { '@graph': Record<string, unknown>[] })['@graph'];

describe('linked data', () => {
  it('stands in a script whatever a title is, and says it as it was', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</script><script>alert(1)</script>', '<!--<script>', ']]>', '\u2028', '&lt;', '"'),
    );
    fc.assert(
      fc.property(hostile, hostile, (title, description) => {
        const data = toLinkedData(SITE, { ...PAGE, title, description });
        const $ = load(
          `<head><script type="application/ld+json">${toScriptText(data)}</script><title>t</title></head>`,
        );
        expect($('script')).toHaveLength(1);
        expect($('title').text()).toBe('t');
        expect(JSON.parse($('script').text())).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it('says where a page stands', () => {
    const [page, crumbs] = graphOf({});
    expect(page).toMatchObject({ '@type': 'WebPage', url: 'https://portal.example/notice/abc' });
    expect(crumbs).toMatchObject({
      '@type': 'BreadcrumbList',
      itemListElement: [
        { position: 1, item: 'https://portal.example/' },
        { position: 2, item: 'https://portal.example/notices' },
        { position: 3, item: 'https://portal.example/notice/abc' },
      ],
    });
  });

  it('tells the time of an article with its zone, and none that is none', () => {
    expect(graphOf({ meta: { PubDate: '2026-05-01 09:30' } })[0]).toMatchObject({
      datePublished: '2026-05-01T09:30+08:00',
    });
    expect(graphOf({ meta: { PubDate: '2026-05-01' } })[0]).toMatchObject({ datePublished: '2026-05-01' });
    expect(graphOf({ meta: { PubDate: '近日' } })[0]).not.toHaveProperty('datePublished');
  });

  it('of the front page is the service', () => {
    expect(graphOf({ canonical: '/' }).map((each) => each['@type'])).toEqual(['WebSite', 'GovernmentService']);
  });
});
