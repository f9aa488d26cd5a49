import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { readKeyValue } from '#db/key-values.ts';
import { articleUrl } from '#src/domain/articles/urls.ts';
import { addDays } from '#src/domain/time/time.ts';
import { listArticlePaths } from '#src/server/articles/list.ts';
import type { Config } from '#src/server/config.ts';
import { findDeadLinks } from '#src/server/disclosure/dead-links.ts';
import { CHECKED_AT } from '#src/server/disclosure/findings.ts';
import { findGaps, saveFindings } from '#src/server/disclosure/self-check.ts';
import { PAGE_ROUTES } from '#src/server/routes/pages/index.ts';

/** The check is due when the last one is so old (days): whatever goes wrong is seen within a day, also where the worker was stopped at night. */
const EVERY_DAYS = 0.5;
const LOOK_MS = 10 * 60_000;
/** The site has begun to answer by then. */
const FIRST_MS = 60_000;
const LINKS = { most: 1_000, pauseMs: 250 };

/** Looks twice a day whether what has to be public is there, is fresh, and whether links lead somewhere. */
export async function checkDisclosure(
  { db, config, log }: { db: Db; config: Config; log: Logger },
  signal: AbortSignal,
): Promise<void> {
  await sleep(FIRST_MS, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    try {
      const now = new Date().toISOString();
      if (readKeyValue(db, CHECKED_AT, '') < addDays(now, -EVERY_DAYS))
        await checkNow(db, config.SITE_URL, signal, LINKS);
    } catch (error) {
      log.error({ error }, 'the self-check of disclosure failed');
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** One check of everything. Links are left as they were found before when the site does not answer. */
export async function checkNow(db: Db, siteUrl: string, signal: AbortSignal, links: typeof LINKS): Promise<void> {
  const now = new Date().toISOString();
  const gaps = findGaps(db, now);
  saveFindings(db, ['stale', 'missing'], gaps, now);
  const pages = PAGE_ROUTES.flatMap(({ role, sitemap }) =>
    role === 'public' && Array.isArray(sitemap) ? sitemap : [],
  );
  const articles = listArticlePaths(db).map(({ id }) => articleUrl(id));
  const dead = await findDeadLinks({ siteUrl, pages: [...pages, ...articles], ...links, signal });
  if (dead && !signal.aborted) saveFindings(db, ['dead'], dead, now);
}
