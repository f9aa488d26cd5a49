import type { Permitted } from './permissions.ts';
import {
  accountsUrl,
  articleDeskUrl,
  auditUrl,
  casesUrl,
  draftsUrl,
  exchangeUrl,
  exposureDeskUrl,
  feedsUrl,
  keysUrl,
  releaseAnswersUrl,
  staffReportsUrl,
  staffSourcesUrl,
  workUrl,
} from './urls.ts';

/** The menu of the console: an entry is there for whoever may do what it leads to. */
export const STAFF_MENU: readonly { label: string; href: string; permitted: Permitted }[] = [
  { label: '稿件', href: draftsUrl(), permitted: 'draft.list' },
  { label: '文章', href: articleDeskUrl(), permitted: 'draft.list' },
  { label: '来源审核', href: feedsUrl(), permitted: 'feed.review' },
  { label: '互动', href: casesUrl(), permitted: 'case.general' },
  { label: '互动', href: casesUrl(), permitted: 'case.disclosure' },
  { label: '公布答复', href: releaseAnswersUrl(), permitted: 'case.release' },
  { label: '待办', href: workUrl(), permitted: 'work.list' },
  { label: '曝光', href: exposureDeskUrl(), permitted: 'exposure.list' },
  { label: '交换', href: exchangeUrl(), permitted: 'exchange.read' },
  { label: '年报', href: staffReportsUrl(), permitted: 'report.list' },
  { label: '来源', href: staffSourcesUrl(), permitted: 'source.list' },
  { label: '密钥', href: keysUrl(), permitted: 'key.list' },
  { label: '账号', href: accountsUrl(), permitted: 'account.list' },
  { label: '审计', href: auditUrl(), permitted: 'audit.read' },
];
