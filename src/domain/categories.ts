/** Trading categories 交易类别: slugs in addresses, data and code (markets of 发改办法规〔2018〕1156号, and two local ones). */
export const CATEGORIES = {
  construction: { label: '工程建设', name: '工程建设项目招标投标', nationalCode: '01' },
  procurement: { label: '政府采购', name: '政府采购', nationalCode: '02' },
  land: { label: '土地使用权', name: '国有建设用地使用权出让', nationalCode: '03' },
  mining: { label: '矿业权', name: '矿业权出让', nationalCode: '04' },
  property: { label: '产权交易', name: '国有产权交易', nationalCode: '05' },
  medical: { label: '医疗器械', name: '医疗器械（药械）采购', nationalCode: '23' },
  general: { label: '综合交易', name: '综合交易', nationalCode: '90' },
} as const satisfies Record<string, { label: string; name: string; nationalCode: string }>;

export type Category = keyof typeof CATEGORIES;
export const CATEGORY_SLUGS = Object.keys(CATEGORIES) as [Category, ...Category[]];
