interface CountyDefinition {
  /** Full name of the unit. */
  label: string;
  /** Short name as it stands in titles and addresses. */
  short: string;
  /** Code of the unit; functional zones have no GB/T 2260 code of their own. */
  regionCode: string | null;
  regionCodeKind: 'gbt2260' | 'statistical' | 'local' | null;
  /** Older names that stand in older notices. */
  formerNames: readonly string[];
}

/** The city site and the 14 county-level sites. The slug is the site code. */
export const COUNTIES = {
  jining: { label: '济宁市', short: '市本级', regionCode: '370800', regionCodeKind: 'gbt2260', formerNames: [] },
  rencheng: {
    label: '任城区',
    short: '任城',
    regionCode: '370811',
    regionCodeKind: 'gbt2260',
    formerNames: ['市中区'],
  },
  yanzhou: {
    label: '兖州区',
    short: '兖州',
    regionCode: '370812',
    regionCodeKind: 'gbt2260',
    formerNames: ['兖州市'],
  },
  qufu: { label: '曲阜市', short: '曲阜', regionCode: '370881', regionCodeKind: 'gbt2260', formerNames: [] },
  zoucheng: { label: '邹城市', short: '邹城', regionCode: '370883', regionCodeKind: 'gbt2260', formerNames: [] },
  weishan: { label: '微山县', short: '微山', regionCode: '370826', regionCodeKind: 'gbt2260', formerNames: [] },
  yutai: { label: '鱼台县', short: '鱼台', regionCode: '370827', regionCodeKind: 'gbt2260', formerNames: [] },
  jinxiang: { label: '金乡县', short: '金乡', regionCode: '370828', regionCodeKind: 'gbt2260', formerNames: [] },
  jiaxiang: { label: '嘉祥县', short: '嘉祥', regionCode: '370829', regionCodeKind: 'gbt2260', formerNames: [] },
  wenshang: { label: '汶上县', short: '汶上', regionCode: '370830', regionCodeKind: 'gbt2260', formerNames: [] },
  sishui: { label: '泗水县', short: '泗水', regionCode: '370831', regionCodeKind: 'gbt2260', formerNames: [] },
  liangshan: { label: '梁山县', short: '梁山', regionCode: '370832', regionCodeKind: 'gbt2260', formerNames: [] },
  gaoxin: {
    label: '济宁高新区',
    short: '高新区',
    regionCode: '370871',
    regionCodeKind: 'statistical',
    formerNames: ['济宁高新技术产业开发区'],
  },
  taibaihu: {
    label: '太白湖新区',
    short: '太白湖',
    regionCode: '370891',
    regionCodeKind: 'local',
    formerNames: ['北湖省级旅游度假区', '北湖度假区', '北湖新区', '北湖'],
  },
  jingkai: {
    label: '济宁经开区',
    short: '经开区',
    regionCode: null,
    regionCodeKind: null,
    formerNames: ['济宁经济开发区', '济宁经济技术开发区'],
  },
} as const satisfies Record<string, CountyDefinition>;

export type County = keyof typeof COUNTIES;
export const COUNTY_SLUGS = Object.keys(COUNTIES) as [County, ...County[]];

/** The definition of a county, with its widened type. */
export function countyDefinition(county: County): CountyDefinition {
  return COUNTIES[county];
}
