import { COUNTY_SLUGS, type County, countyDefinition } from './counties.ts';

/** Tenants among whose notices a bare 高新区 or 经开区 means the city's zone, not a county's own. */
const CITY_ZONE_TENANTS: readonly County[] = ['jining', 'gaoxin', 'taibaihu', 'jingkai'];
const ZONES: readonly County[] = ['gaoxin', 'taibaihu', 'jingkai'];
/** What may follow a county's short name at the head of a title so that the name is the place, not a firm or a school. */
const UNIT = '(?:区|市|县|经济(?:技术)?开发区|经开区|工业园区|开发区|高新区)';
/** A name followed by these is a road or a boundary. */
const NOT_PLACE = '(?!路|街|大道|大街|河|桥|立交|界|机场)';
const ZONE_NAMES: Record<string, string> = {
  gaoxin: '高新(?:技术产业)?(?:开发)?区',
  taibaihu: '太白湖(?:新区|度假区|景区)?|北湖(?:省级)?(?:旅游)?(?:度假区|新区)',
  jingkai: '经济(?:技术)?开发区|经开区',
};
/** Words of the city itself. */
const CITY_LEVEL = /^(?:济宁市?)?(?:市本级|本级|市直|市级|市辖区)$|^济宁市?$/;
const NOTHING = /^(?:|无|\/|-+|null|其他|全部|不限)$/;

/**
 * The county that a notice is about. The region word at the head of the title beats the feed's region field, which beats
 * the publishing site (docs/feeds.md#traps, 24). A name inside the title (至任城界, a firm's name) says nothing.
 * `unknown` holds a region text that names no unit of the city: it is listed for mapping, never guessed.
 */
export function attributeCounty(input: {
  title: string;
  countyText?: string;
  publishedBy: County;
}): { county: County } | { unknown: string } {
  const head = countyAtHead(input.title, input.publishedBy);
  if (head) return { county: head };
  const text = (input.countyText ?? '').normalize('NFKC').replace(/\s+/g, '');
  if (NOTHING.test(text)) return { county: input.publishedBy };
  if (CITY_LEVEL.test(text)) return { county: 'jining' };
  const named = countyInField(text, input.publishedBy);
  if (named) return { county: named };
  // The name of the city's platform (济宁市公共资源交易网) tells who runs the site, not where the project is.
  return /^(?:山东省)?济宁/.test(text) ? { county: input.publishedBy } : { unknown: (input.countyText ?? '').trim() };
}

/**
 * The county whose body a name is (曲阜市财政局, 济宁市任城区住房和城乡建设局), the city where it is the city's; undefined where the name does
 * not say.
 */
export function countyOfBody(name: string, publishedBy: County): County | undefined {
  const head = countyAtHead(name, publishedBy);
  if (head) return head;
  return /^(?:山东省)?济宁市/.test(name.normalize('NFKC').replace(/\s+/g, '')) ? 'jining' : undefined;
}

function countyAtHead(title: string, publishedBy: County): County | undefined {
  const head = title
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/^(?:\([^()]{0,12}中心\)|【[^】]{0,12}】|[[(](?=[^[\]()]{2,12}[\])]))+/, '')
    .replace(/^关于/, '')
    .replace(/^山东省/, '');
  const ofCity = head.startsWith('济宁');
  const rest = head.replace(/^济宁市?/, '');
  return COUNTY_SLUGS.find((slug) => slug !== 'jining' && headPattern(slug, ofCity, publishedBy)?.test(rest));
}

/** The pattern of each county at the start of a title. */
const HEAD_PATTERNS = new Map(COUNTY_SLUGS.map((slug) => [slug, makeHeadPattern(slug)]));

function makeHeadPattern(slug: County): RegExp {
  if (ZONES.includes(slug)) return new RegExp(`^(?:${ZONE_NAMES[slug]})${NOT_PLACE}`);
  const { short, formerNames } = countyDefinition(slug);
  return new RegExp(`^(?:${short}${UNIT}|${formerNames.join('|') || short + UNIT})${NOT_PLACE}`);
}

/** The pattern of a county at the start of a title; undefined when its bare name would be ambiguous here. */
function headPattern(slug: County, ofCity: boolean, publishedBy: County): RegExp | undefined {
  const isAmbiguous =
    ZONES.includes(slug) && slug !== 'taibaihu' && !ofCity && !CITY_ZONE_TENANTS.includes(publishedBy);
  return isAmbiguous ? undefined : HEAD_PATTERNS.get(slug);
}

/** The one unit that a region field names: by name, former name or GB/T 2260 code; undefined for none or several. */
function countyInField(text: string, publishedBy: County): County | undefined {
  const otherCity = /(?:^|省)(?!济宁|兖州|曲阜|邹城)\p{Script=Han}{2,3}市/u.test(text);
  if (otherCity) return undefined;
  const code = /^\d{6}(?=0*$)/.exec(text)?.[0];
  const ofCity = text.startsWith('济宁') || text.startsWith('山东省济宁') || CITY_ZONE_TENANTS.includes(publishedBy);
  const found = COUNTY_SLUGS.filter((slug) => {
    const { label, short, formerNames, regionCode } = countyDefinition(slug);
    if (code) return code === regionCode;
    if (slug === 'jining') return false;
    if (ZONES.includes(slug))
      return (ofCity || slug === 'taibaihu') && new RegExp(ZONE_NAMES[slug] ?? label).test(text);
    return [label, short, ...formerNames].some((name) => text.includes(name));
  });
  const counties = found.filter((slug) => !ZONES.includes(slug) || slug === 'taibaihu');
  return found.length === 1 ? found[0] : counties.length === 1 ? counties[0] : undefined;
}
