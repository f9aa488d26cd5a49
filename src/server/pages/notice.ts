import type { Db } from '#db/client.ts';
import { isPublicityRunning } from '#src/domain/exposures/sanction.ts';
import { type AnchoredBody, anchorSpans, listSpans } from '#src/domain/facts/fact-anchors.ts';
import { type NoticeStatus, toNoticeStatus } from '#src/domain/notices/notice-status.ts';
import { absoluteUrl, noticeUrl } from '#src/domain/site/urls.ts';
import type { NoticeVersionView, NoticeView } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { listMarkedParties, type MarkedParty } from '../exposures/marks.ts';
import { getDeal } from '../notices/deal.ts';
import { type FollowUp, listFollowUps } from '../notices/follow-ups.ts';
import { findCanonicalId, getNotice } from '../notices/get.ts';
import { listNoticeParties, type NoticeParty } from '../organizations/notice-parties.ts';
import { listNoticeAnswers, type PublicAnswer } from '../participation/answers.ts';
import { type Asked, type Moved, movedForGood } from './asked.ts';

export interface NoticePage {
  notice: NoticeView;
  /** The version that is shown; undefined when it is not listed. */
  version: NoticeVersionView | undefined;
  /** The body with an anchor where each fact stands. */
  body: AnchoredBody;
  parties: NoticeParty[];
  /** Where what it is about stands. */
  status: NoticeStatus;
  /** Parties that are on the exposure board or the blacklist. */
  marked: MarkedParty[];
  /** What was published about it since. */
  followUps: FollowUp[];
  /** Of candidates: whether their publicity period still runs. */
  candidates: 'running' | 'over' | undefined;
  /** What was asked about it, and answered. */
  answers: PublicAnswer[];
  /** Absolute, for what is printed and for meta tags. */
  address: string;
  now: Instant;
}

/** A notice. @throws NotFoundError, GoneError */
export function loadNotice({ params }: Asked): NoticePage | Moved {
  const { id = '' } = params;
  const db = webDb();
  const canonicalId = findCanonicalId(db, id);
  if (canonicalId) return movedForGood(noticeUrl(canonicalId));
  return readNoticePage(db, id, new Date().toISOString());
}

/** What the page of a notice shows at an instant. @throws NotFoundError, GoneError */
export function readNoticePage(db: Db, id: string, now: Instant): NoticePage {
  const notice = getNotice(db, id, now);
  return {
    notice,
    version: notice.versions.find(({ version }) => version === notice.version),
    body: anchorSpans(notice.bodyHtml, listSpans(notice.facts)),
    parties: listNoticeParties(db, [id]),
    status: toNoticeStatus(getDeal(db, notice.projectId ?? ''), notice, notice.stages, now),
    marked: listMarkedParties(db, [id], now),
    followUps: listFollowUps(db, id),
    candidates: judgeCandidates(notice, now),
    answers: listNoticeAnswers(db, id),
    address: absoluteUrl(getConfig().SITE_URL, noticeUrl(id)),
    now,
  };
}

function judgeCandidates(notice: NoticeView, now: Instant): NoticePage['candidates'] {
  if (notice.stage !== 'candidateNotice') return undefined;
  return isPublicityRunning(notice, now) ? 'running' : 'over';
}
