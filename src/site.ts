import { articlesUrl, guidesUrl, policiesUrl } from '#src/domain/articles/urls.ts';
import { disclosureUrl } from '#src/domain/disclosure/urls.ts';
import { exposuresUrl } from '#src/domain/exposures/urls.ts';
import { participateUrl } from '#src/domain/participation/urls.ts';
import { companiesUrl, countiesUrl, homeUrl, listUrl, searchUrl, syncUrl } from '#src/domain/site/urls.ts';
import { statisticsUrl } from '#src/domain/statistics/urls.ts';
import { toBase64 } from '#src/domain/tlog/bytes.ts';
import { getConfig } from '#src/server/config.ts';
import { currentCheckpoint } from '#src/server/publication-log/current.ts';

export type NavigationKey =
  | 'home'
  | 'notices'
  | 'search'
  | 'companies'
  | 'counties'
  | 'exposure'
  | 'statistics'
  | 'participate'
  | 'guides'
  | 'policies'
  | 'disclosure'
  | 'articles'
  | 'sync';

/** Main navigation, in order. */
export const NAVIGATION: readonly { key: NavigationKey; label: string; href: string }[] = [
  { key: 'home', label: '首页', href: homeUrl() },
  { key: 'notices', label: '公告', href: listUrl() },
  { key: 'search', label: '搜索', href: searchUrl() },
  { key: 'companies', label: '单位', href: companiesUrl() },
  { key: 'counties', label: '县区', href: countiesUrl() },
  { key: 'exposure', label: '曝光台', href: exposuresUrl() },
  { key: 'statistics', label: '统计', href: statisticsUrl() },
  { key: 'participate', label: '互动', href: participateUrl() },
  { key: 'guides', label: '办事指南', href: guidesUrl() },
  { key: 'policies', label: '法规政策', href: policiesUrl() },
  { key: 'disclosure', label: '政务公开', href: disclosureUrl() },
  { key: 'articles', label: '政务信息', href: articlesUrl() },
  { key: 'sync', label: '数据同步', href: syncUrl() },
];

export interface SiteFact {
  label: string;
  text: string;
  href?: string;
}

/** Name, address and duties of the site as configured; what is not set is left out, never invented. */
export function getSite() {
  const config = getConfig();
  const [brand = config.SITE_NAME, subtitle] = config.SITE_NAME.split('·');
  return {
    name: config.SITE_NAME,
    brand,
    subtitle,
    url: config.SITE_URL,
    domain: new URL(config.SITE_URL).hostname,
    idCode: config.SITE_ID_CODE,
    facts: footerFacts(),
  };
}

/** How far the publication log has come: how many records, and what its tree hashes to (base64); null before the first checkpoint. */
export function getCheckpoint(): { size: number; root: string } | null {
  const checkpoint = currentCheckpoint(getConfig().DATA_DIR);
  return checkpoint && { size: checkpoint.size, root: toBase64(checkpoint.root) };
}

/** Footer facts that government sites must carry (GW47), as far as configured. */
function footerFacts(): SiteFact[] {
  const config = getConfig();
  const facts: [label: string, text: string | undefined, href?: string][] = [
    ['主办单位', config.SITE_SPONSOR],
    ['承办单位', config.SITE_OPERATOR],
    ['网站标识码', config.SITE_ID_CODE],
    ['ICP 备案号', config.SITE_ICP, 'https://beian.miit.gov.cn/'],
    ['公安机关备案号', config.SITE_POLICE_RECORD],
    ['联系电话', config.SITE_PHONE, config.SITE_PHONE && `tel:${config.SITE_PHONE}`],
    ['电子邮箱', config.SITE_EMAIL, config.SITE_EMAIL && `mailto:${config.SITE_EMAIL}`],
  ];
  return facts.flatMap(([label, text, href]) => (text ? [{ label, text, ...(href ? { href } : {}) }] : []));
}
