import { BULK_FORMATS, bulkFileUrl } from '#src/domain/bulk/files.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { noticesFileUrl } from '#src/domain/exports/urls.ts';
import { absoluteUrl, openDataUrl } from '#src/domain/site/urls.ts';
import { toShanghaiIso } from '#src/domain/time/time.ts';
import type { Config } from '../config.ts';
import type { Completeness } from '../opendata/completeness.ts';
import type { BulkManifest } from './manifest.ts';

type Publisher = Pick<Config, 'SITE_URL' | 'SITE_NAME' | 'SITE_SPONSOR' | 'DATA_LICENCE'>;

/**
 * The data of the site for search engines of data (https://schema.org/Dataset): a dataset a category that has notices, with the files
 * that the page offers of it.
 */
export function describeDatasets(
  { SITE_URL: site, SITE_NAME, SITE_SPONSOR, DATA_LICENCE }: Publisher,
  rows: readonly Completeness[],
  manifest: BulkManifest | undefined,
): object[] {
  return rows
    .filter(({ total }) => total > 0)
    .map(({ category, total, first, newest }) => {
      const { label, name } = CATEGORIES[category];
      const groups = manifest?.groups.filter((group) => group.category === category) ?? [];
      const address = absoluteUrl(site, `${openDataUrl()}#${category}`);
      return {
        '@type': 'Dataset',
        '@id': address,
        url: address,
        name: `${SITE_NAME}：${name}公告`,
        description: `济宁市各县（市、区）${name}的公告 ${total} 条：标题、类别、环节、时间、金额、招标（采购）人、中标（成交）人、来源。不经登记即可取走。`,
        keywords: ['公共资源交易', label],
        inLanguage: 'zh-CN',
        isAccessibleForFree: true,
        creator: { '@type': 'GovernmentOrganization', name: SITE_SPONSOR ?? SITE_NAME, url: site },
        ...(DATA_LICENCE ? { license: DATA_LICENCE } : {}),
        ...(first && newest ? { temporalCoverage: `${toShanghaiIso(first)}/${toShanghaiIso(newest)}` } : {}),
        distribution: [
          toDownload('text/csv', absoluteUrl(site, noticesFileUrl('csv', { category }))),
          ...groups.flatMap(({ files }) =>
            files.map((file) =>
              toDownload(BULK_FORMATS[file.format].mediaType, absoluteUrl(site, bulkFileUrl(file.name))),
            ),
          ),
        ],
      };
    });
}

const toDownload = (encodingFormat: string, contentUrl: string) => ({
  '@type': 'DataDownload',
  encodingFormat,
  contentUrl,
});
