import { BULK_FORMATS, bulkFileUrl, catalogUrl } from '#src/domain/bulk/files.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { noticesFileUrl } from '#src/domain/exports/urls.ts';
import { absoluteUrl, openDataUrl } from '#src/domain/site/urls.ts';
import { DOCUMENT_PATH } from '../api/problem.ts';
import type { Config } from '../config.ts';
import type { Completeness } from '../opendata/completeness.ts';
import type { BulkFile, BulkGroupEntry, BulkManifest } from './manifest.ts';

const IANA = 'https://www.iana.org/assignments/media-types/';

/** The words of DCAT 3 that the catalogue uses, so that a reader of JSON-LD needs nothing from elsewhere. */
const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const zh = (text: string) => ({ '@value': text, '@language': 'zh' });
const time = (instant: string) => ({ '@value': instant, '@type': 'xsd:dateTime' });
const link = (address: string) => ({ '@id': address });

/** The DCAT 3 catalogue of the portal as JSON-LD: a dataset a category, a distribution a file, and the API. */
export function makeCatalog(config: Config, rows: readonly Completeness[], manifest: BulkManifest | undefined) {
  const { SITE_URL: site, SITE_NAME, SITE_SPONSOR, DATA_LICENCE } = config;
  const datasets = rows.filter(({ total }) => total > 0).map((row) => makeDataset(site, row, manifest));
  const isAddress = DATA_LICENCE !== undefined && URL.canParse(DATA_LICENCE);
  return {
    '@context': CONTEXT,
    '@id': absoluteUrl(site, catalogUrl()),
    '@type': 'dcat:Catalog',
    'dcterms:title': zh(`${SITE_NAME}开放数据`),
    'dcterms:publisher': { '@id': site, '@type': 'foaf:Agent', 'foaf:name': zh(SITE_SPONSOR ?? SITE_NAME) },
    'foaf:homepage': link(absoluteUrl(site, openDataUrl())),
    'dcterms:language': link('http://publications.europa.eu/resource/authority/language/ZHO'),
    ...(DATA_LICENCE ? { 'dcterms:license': isAddress ? link(DATA_LICENCE) : zh(DATA_LICENCE) } : {}),
    ...(manifest ? { 'dcterms:modified': time(manifest.builtAt) } : {}),
    'dcat:dataset': datasets,
    'dcat:service': {
      '@id': absoluteUrl(site, '/api/v1'),
      '@type': 'dcat:DataService',
      'dcterms:title': zh('开放数据接口'),
      'dcat:endpointURL': link(absoluteUrl(site, '/api/v1')),
      'dcat:endpointDescription': link(absoluteUrl(site, DOCUMENT_PATH)),
      'dcat:servesDataset': datasets.map((dataset) => link(dataset['@id'])),
    },
  };
}

function makeDataset(site: string, { category, first, newest }: Completeness, manifest: BulkManifest | undefined) {
  const groups = manifest?.groups.filter((group) => group.category === category) ?? [];
  const period = first &&
    newest && { '@type': 'dcterms:PeriodOfTime', 'dcat:startDate': time(first), 'dcat:endDate': time(newest) };
  return {
    '@id': absoluteUrl(site, `${openDataUrl()}#${category}`),
    '@type': 'dcat:Dataset',
    'dcterms:title': zh(`${CATEGORIES[category].name}公告`),
    'dcterms:identifier': category,
    'dcat:keyword': [zh('公共资源交易'), zh(CATEGORIES[category].label)],
    ...(period ? { 'dcterms:temporal': period } : {}),
    'dcat:distribution': [
      makeExport(site, category),
      ...groups.flatMap((group) => group.files.map((file) => makeDistribution(site, group, file))),
    ],
  };
}

/** The whole list as it is at the moment of the download. */
function makeExport(site: string, category: Completeness['category']) {
  const address = absoluteUrl(site, noticesFileUrl('csv', { category }));
  return {
    '@id': address,
    '@type': 'dcat:Distribution',
    'dcterms:title': zh('全部，下载时生成'),
    'dcat:accessURL': link(absoluteUrl(site, openDataUrl())),
    'dcat:downloadURL': link(address),
    'dcat:mediaType': link(`${IANA}text/csv`),
  };
}

function makeDistribution(site: string, { year }: BulkGroupEntry, { name, format, bytes, sha256 }: BulkFile) {
  const form: { label: string; mediaType: string; of?: string } = BULK_FORMATS[format];
  const { label, mediaType, of } = form;
  const address = absoluteUrl(site, bulkFileUrl(name));
  return {
    '@id': address,
    '@type': 'dcat:Distribution',
    'dcterms:title': zh(`${year} 年，${label}`),
    'dcat:accessURL': link(absoluteUrl(site, openDataUrl())),
    'dcat:downloadURL': link(address),
    'dcat:byteSize': { '@value': String(bytes), '@type': 'xsd:nonNegativeInteger' },
    'dcat:mediaType': link(IANA + (of ?? mediaType)),
    ...(of ? { 'dcat:compressFormat': link(IANA + mediaType) } : {}),
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': link('http://spdx.org/rdf/terms#checksumAlgorithm_sha256'),
      'spdx:checksumValue': { '@value': sha256, '@type': 'xsd:hexBinary' },
    },
  };
}
