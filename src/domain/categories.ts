interface CategoryDefinition {
  label: string;
  name: string;
  nationalCode: string;
  /** What is traded: works, goods or services are bought, rights to land and minerals are granted, state property is sold. */
  deal: 'purchase' | 'grant' | 'sale';
}

/** Trading categories 交易类别: slugs in addresses, data and code (markets of 发改办法规〔2018〕1156号, and two local ones). */
export const CATEGORIES = {
  construction: { label: '工程建设', name: '工程建设项目招标投标', nationalCode: '01', deal: 'purchase' },
  procurement: { label: '政府采购', name: '政府采购', nationalCode: '02', deal: 'purchase' },
  land: { label: '土地使用权', name: '国有建设用地使用权出让', nationalCode: '03', deal: 'grant' },
  mining: { label: '矿业权', name: '矿业权出让', nationalCode: '04', deal: 'grant' },
  property: { label: '产权交易', name: '国有产权交易', nationalCode: '05', deal: 'sale' },
  medical: { label: '医疗器械', name: '医疗器械（药械）采购', nationalCode: '23', deal: 'purchase' },
  general: { label: '综合交易', name: '综合交易', nationalCode: '90', deal: 'purchase' },
} as const satisfies Record<string, CategoryDefinition>;

export type Category = keyof typeof CATEGORIES;
export const CATEGORY_SLUGS = Object.keys(CATEGORIES) as [Category, ...Category[]];

/** The categories in which public assets are sold, granted or leased: land, mining rights, state property. */
export type DisposalCategory = {
  [Each in Category]: (typeof CATEGORIES)[Each]['deal'] extends 'purchase' ? never : Each;
}[Category];

/** Is it a category in which something is bought? */
export function isPurchase(category: Category): boolean {
  return CATEGORIES[category].deal === 'purchase';
}

/** Is it a category in which public assets are sold, granted or leased? */
export function isDisposal(category: Category): category is DisposalCategory {
  return !isPurchase(category);
}

/** Is it a category in which rights to land or minerals are granted? */
export function isGrant(category: Category): boolean {
  return CATEGORIES[category].deal === 'grant';
}
