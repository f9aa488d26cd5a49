import { Feed } from 'feed';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { DUTY_ITEMS } from '#src/domain/disclosure-score/items.ts';
import { scoreFilterSchema } from '#src/domain/flags/filter.ts';
import { missingDutiesUrl, missingFeedUrl } from '#src/domain/flags/urls.ts';
import { stableUrn } from '#src/domain/identifiers/ids.ts';
import { absoluteUrl, projectUrl } from '#src/domain/site/urls.ts';
import { startOfDay } from '#src/domain/time/time.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { parseParameters } from '../../parameters.ts';
import { listDutiesIn, scoreDay } from '../../score/list.ts';
import type { Asked } from '../asked.ts';

/** What should be public and is not, as Atom. @throws InputError */
export function answerMissingFeed({ url }: Asked): Response {
  const db = webDb();
  const { SITE_URL, SITE_NAME } = getConfig();
  const { county, category, year } = parseParameters(
    scoreFilterSchema.pick({ county: true, category: true, year: true }),
    url.searchParams,
  );
  const query = { county, category, year };
  const { items } = listDutiesIn(db, { ...query, state: 'missing' });
  const title = `应公开未公开${county ? `（${COUNTIES[county].label}）` : ''} - ${SITE_NAME}`;
  const day = scoreDay(db) ?? '2000-01-01';
  const feed = new Feed({
    id: stableUrn('feed', SITE_NAME, 'missing', JSON.stringify(query)),
    title,
    description: title,
    link: absoluteUrl(SITE_URL, missingDutiesUrl(query)),
    language: 'zh-CN',
    updated: new Date(startOfDay(day)),
    generator: 'Tongming',
    author: { name: SITE_NAME },
    feedLinks: { atom: absoluteUrl(SITE_URL, missingFeedUrl(query)) },
  });
  for (const { projectId, title: project, round, item, lots, dueOn, reason, county: of } of items) {
    const id = stableUrn('duty', projectId, String(round), lots.join(), String(item));
    const text = `${COUNTIES[of].label}：${project}，${DUTY_ITEMS[item]?.title ?? ''}，${dueOn ? `应于 ${dueOn} 前公开，` : ''}${reason}`;
    feed.addItem({
      id,
      guid: id,
      link: absoluteUrl(SITE_URL, `${projectUrl(projectId)}#duties`),
      title: `${DUTY_ITEMS[item]?.title ?? ''}：${project}`,
      description: text,
      date: new Date(startOfDay(dueOn ?? day)),
    });
  }
  return new Response(feed.atom1(), { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
}
