import type { PublishedNotice } from '#src/domain/notices/published-notice.ts';
import type { OcdsSite } from '#src/domain/ocds/identifiers.ts';
import type { Release } from '#src/domain/ocds/release.ts';
import { absoluteUrl, openDataUrl } from '#src/domain/site/urls.ts';
import { type Instant, toShanghaiIso } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';

const extensionUrl = (name: string, version: string) =>
  `https://raw.githubusercontent.com/open-contracting-extensions/ocds_${name}_extension/${version}/extension.json`;

const EXTENSIONS = [extensionUrl('lots', 'v1.1.5'), extensionUrl('bid', 'v1.1.5')];
/** Where `links` of packages comes from. It has no numbered version. */
export const PAGINATION_EXTENSION = extensionUrl('pagination', 'master');

/** What release packages and record packages say of themselves. */
export interface PackageMetadata {
  uri: string;
  version: '1.1';
  publishedDate: string;
  publisher: { name: string; uri: string };
  extensions: string[];
  license?: string | undefined;
  publicationPolicy: string;
}

export interface ReleasePackage extends PackageMetadata {
  releases: Release[];
  links?: { next: string } | undefined;
}

export interface OcdsRecord {
  ocid: string;
  releases: Release[];
  compiledRelease: Release;
}

export interface RecordPackage extends PackageMetadata {
  records: OcdsRecord[];
}

type Publisher = Pick<Config, 'SITE_URL' | 'SITE_NAME' | 'SITE_SPONSOR' | 'DATA_LICENCE' | 'OCDS_PREFIX'>;

/** What the mapping has to know of this site. */
export const toSite = ({ SITE_URL, OCDS_PREFIX }: Publisher): OcdsSite => ({ url: SITE_URL, prefix: OCDS_PREFIX });

/** When the contents of a package made on demand last changed: the date that the standard wants. @throws Error without any. */
export function latestChange(notices: readonly PublishedNotice[]): Instant {
  const latest = notices
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .at(-1);
  if (!latest) throw new Error('a package without notices');
  return latest;
}

/** The head of a package at an address of this site. The licence stands in it when it is known by an address. */
export function toPackageMetadata(config: Publisher, path: string, publishedAt: Instant): PackageMetadata {
  const { SITE_URL, SITE_NAME, SITE_SPONSOR, DATA_LICENCE } = config;
  return {
    uri: absoluteUrl(SITE_URL, path),
    version: '1.1',
    publishedDate: toShanghaiIso(publishedAt),
    publisher: { name: SITE_SPONSOR ?? SITE_NAME, uri: SITE_URL },
    extensions: EXTENSIONS,
    license: DATA_LICENCE && URL.canParse(DATA_LICENCE) ? DATA_LICENCE : undefined,
    publicationPolicy: absoluteUrl(SITE_URL, openDataUrl()),
  };
}
