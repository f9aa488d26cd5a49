import { type County, countyDefinition } from '#src/domain/counties/counties.ts';
import type { DemoNotice } from '../generate/model.ts';
import type { FeedItem } from './store.ts';

/** Ways in which an item of a feed can be unfit to be published. */
export type ItemFlaw = 'no-title' | 'no-date' | 'future-date' | 'empty-detail' | 'foreign-county' | 'unmapped-column';

/** Which bad items stand on which site. Feeds that carry their bodies themselves have no detail page to be empty. */
const BAD_ITEMS: Partial<Record<County, readonly ItemFlaw[]>> = {
  jining: ['foreign-county', 'unmapped-column', 'unmapped-column', 'empty-detail'],
  rencheng: ['future-date'],
  yanzhou: ['unmapped-column', 'no-title'],
  zoucheng: ['empty-detail', 'no-date'],
  weishan: ['future-date', 'no-title'],
  yutai: ['foreign-county'],
  wenshang: ['no-date'],
  sishui: ['empty-detail', 'foreign-county'],
  liangshan: ['no-date', 'future-date'],
  jingkai: ['no-title', 'future-date'],
};

/** The bad items of a site: variations of its oldest current notices, each under a name of its own. */
export function makeBadItems(site: County, items: readonly FeedItem[]): { notice: DemoNotice; flaw: ItemFlaw }[] {
  const current = items.filter(({ notice }) => notice.publishedAt > '2021' && notice.stage === 'tenderNotice');
  return (BAD_ITEMS[site] ?? []).flatMap((flaw, index) => {
    const notice = current[index]?.notice;
    return notice ? [{ notice: spoil(notice, flaw), flaw }] : [];
  });
}

function spoil(notice: DemoNotice, flaw: ItemFlaw): DemoNotice {
  const { label } = countyDefinition(notice.county);
  const [place, title] = flaw === 'foreign-county' ? ['历城区', 'foreign'] : [label, 'spoilt'];
  const name = notice.bareTitle.replace(label, place);
  return {
    ...notice,
    key: `${notice.key}-${title}`,
    title: flaw === 'unmapped-column' ? `关于${name}代理机构不良行为的通报` : `${name}（补录）公开招标公告`,
    bareTitle: `${name}（补录）`,
    projectCode: `${notice.projectCode}X`,
    attachments: [],
    alsoOnCity: false,
  };
}

/** The district a list gives an item: its county, or that of another city when that is its flaw. */
export function listedDistrict({ notice, flaw }: FeedItem): string {
  return flaw === 'foreign-county' ? '济南市历城区' : countyDefinition(notice.county).label;
}

/** The title a list gives an item: none when that is its flaw; some carry their district before them. */
export function listedTitle(item: FeedItem, title: string): string {
  if (item.flaw === 'no-title') return '';
  return item.flaw === 'foreign-county' ? `[${listedDistrict(item)}]${title}` : title;
}

/** The time a list gives an item, `YYYY-MM-DD HH:mm:ss`; empty or far ahead when that is its flaw. */
export function listedTime({ notice, flaw }: FeedItem): string {
  if (flaw === 'no-date') return '';
  return flaw === 'future-date' ? '2099-12-31 10:00:00' : notice.publishedAt;
}
