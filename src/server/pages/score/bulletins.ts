import { renderDocx } from '#src/documents/docx.ts';
import { type Bulletin, bulletinTitle } from '#src/domain/disclosure-score/bulletin.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { scoreFilterSchema } from '#src/domain/flags/filter.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { parseParameters } from '../../parameters.ts';
import { listBulletinMonths, makeBulletin } from '../../score/bulletin.ts';
import { toCsv, toDocument } from '../../score/bulletin-files.ts';
import { getAsOf } from '../../sources/as-of.ts';
import type { Asked } from '../asked.ts';

export interface BulletinsPage {
  /** `YYYY-MM`, the newest first. */
  months: string[];
  /** The month that runs: its figures may still change. */
  running: string;
}

/** The months that have a bulletin. */
export function loadBulletins(): BulletinsPage {
  const today = formatDate(new Date().toISOString());
  return { months: listBulletinMonths(webDb(), today), running: today.slice(0, 7) };
}

export interface BulletinPage {
  bulletin: Bulletin;
  running: string;
  asOf: Instant;
}

/** The bulletin of a month, of all counties or one. @throws NotFoundError, InputError */
export function loadBulletin({ params, url }: Asked): BulletinPage {
  const db = webDb();
  const today = formatDate(new Date().toISOString());
  const { month = '' } = params;
  const isMonth = /^20[12]\d-(?:0[1-9]|1[0-2])$/.test(month) && month <= today.slice(0, 7);
  if (!isMonth) throw new NotFoundError('这个月没有通报');
  const { county } = parseParameters(scoreFilterSchema.pick({ county: true }), url.searchParams);
  return { bulletin: makeBulletin(db, month, county ?? null), running: today.slice(0, 7), asOf: getAsOf(db) };
}

/** The bulletin as a file. @throws NotFoundError, InputError */
export async function answerBulletinFile(asked: Asked): Promise<Response> {
  const { bulletin, asOf } = loadBulletin(asked);
  const { format } = asked.params;
  if (format !== 'docx' && format !== 'csv') throw new NotFoundError('没有这种格式');
  const { SITE_SPONSOR, SITE_NAME } = getConfig();
  const body =
    format === 'csv'
      ? toCsv(bulletin)
      : await renderDocx(toDocument(bulletin, { issuer: SITE_SPONSOR ?? SITE_NAME, asOf }));
  const type =
    format === 'csv'
      ? 'text/csv; charset=utf-8'
      : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const name = encodeURIComponent(`${bulletinTitle(bulletin)}.${format}`);
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="bulletin.${format}"; filename*=UTF-8''${name}`,
    },
  });
}
