import { absoluteUrl, homeUrl, searchUrl } from './urls.ts';

/** The site, as pages name it. */
interface Site {
  name: string;
  url: string;
}

/** What a page says of itself in its head. */
export interface DescribedPage {
  title: string;
  description?: string | undefined;
  /** Path of its one address. */
  canonical: string;
  crumbs: readonly { label: string; href?: string | undefined }[];
  /** Column or article tags of government sites; those of an article have `ArticleTitle` and `PubDate`. */
  meta: Readonly<Record<string, string>>;
  /** What else the page is about, as schema.org has it. */
  about?: readonly object[] | undefined;
}

/**
 * A page for programs that read schema.org (JSON-LD): where it stands in the site, and of the front page the service that the site is
 * (https://schema.org/GovernmentService). Only what the page itself shows.
 */
export function toLinkedData(site: Site, page: DescribedPage): object {
  const home = absoluteUrl(site.url, homeUrl());
  const isHome = page.canonical === homeUrl();
  return {
    '@context': 'https://schema.org',
    '@graph': isHome ? describeSite(site, page, home) : describePage(site, page, home),
  };
}

function describeSite({ name, url }: Site, { description }: DescribedPage, home: string): object[] {
  const target = `${absoluteUrl(url, searchUrl())}?q={search_term_string}`;
  return [
    {
      '@type': 'WebSite',
      '@id': `${home}#site`,
      name,
      url: home,
      inLanguage: 'zh-CN',
      potentialAction: { '@type': 'SearchAction', target, 'query-input': 'required name=search_term_string' },
    },
    {
      '@type': 'GovernmentService',
      name,
      serviceType: '公共资源交易信息公开',
      areaServed: '济宁市',
      isAccessibleForFree: true,
      url: home,
      ...(description ? { description } : {}),
    },
  ];
}

function describePage(
  { name, url }: Site,
  { title, description, canonical, crumbs, meta, about = [] }: DescribedPage,
  home: string,
): object[] {
  const address = absoluteUrl(url, canonical);
  const steps = [{ label: name, href: homeUrl() }, ...crumbs];
  const published = meta.PubDate?.replace(' ', 'T');
  return [
    {
      '@type': 'WebPage',
      '@id': address,
      url: address,
      name: title,
      inLanguage: 'zh-CN',
      isPartOf: { '@id': `${home}#site` },
      ...(description ? { description } : {}),
      ...(published && !Number.isNaN(Date.parse(published))
        ? { datePublished: `${published}${published.includes('T') ? '+08:00' : ''}` }
        : {}),
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: steps.map(({ label, href }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name: label,
        item: href ? absoluteUrl(url, href) : address,
      })),
    },
    ...about,
  ];
}

/** JSON that can stand in a script element whatever its texts are: nothing in it ends the element or begins a comment. */
export const toScriptText = (value: object): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
