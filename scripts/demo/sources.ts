import { COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import type { SourceConfig } from '#src/ingest/types.ts';
import { CREDIT_PATH, creditSettings } from './platforms/credit-site.ts';
import { PLATFORMS } from './platforms/sites.ts';

const KEY_PREFIX = 'demo-';
/** Each source is read every so many minutes, unless told otherwise, … */
const MINUTES = 2;
/** … so many seconds after the one before it. */
const SPACING_S = 8;

/** Key of a site's source. */
export function demoKey(county: County): string {
  return `${KEY_PREFIX}${county}`;
}

/** True for the key of a demonstration source. */
export function isDemoKey(key: string): boolean {
  return key.startsWith(KEY_PREFIX);
}

/** Key of the source of decisions. */
export const CREDIT_KEY = `${KEY_PREFIX}credit`;

/**
 * Source entries of the demonstration sites, each read every `minutes` minutes. The county sites come before the city's, so that a
 * county's notice keeps its own address and the city's copy is the repeat.
 * @param url address of the feed server; it is part of every notice's source address, so it should stay the same.
 */
export function demoSources(url: string, minutes = MINUTES): SourceConfig[] {
  const counties = [...COUNTY_SLUGS.filter((county) => county !== 'jining'), 'jining' as const];
  const sites = counties.map((county, index): SourceConfig => {
    const root = `${url}/${county}/`;
    const { adapter, settings } = PLATFORMS[county];
    return {
      key: demoKey(county),
      name: `${countyDefinition(county).label}公共资源交易网（演示）`,
      county,
      adapter,
      settings: settings(county, root),
      schedule: scheduleAt(index * SPACING_S, minutes),
      minimumItems: 50,
      homepage: root,
    };
  });
  return [...sites, creditSource(`${url}/jining/${CREDIT_PATH}`, minutes)];
}

/** The city's credit site: the exposure board and the blacklist come from there. */
function creditSource(root: string, minutes: number): SourceConfig {
  return {
    key: CREDIT_KEY,
    name: '济宁市行政处罚和失信名单公示（演示）',
    county: 'jining',
    adapter: 'hanweb',
    settings: creditSettings(root),
    schedule: scheduleAt(COUNTY_SLUGS.length * SPACING_S - 4, minutes),
    minimumItems: 20,
    homepage: root,
  };
}

/** Cron pattern of every so many minutes, so many seconds (less than 120) into them. */
function scheduleAt(seconds: number, minutes: number): string {
  return `${seconds % 60} ${Math.floor(seconds / 60)}-59/${minutes} * * * *`;
}
