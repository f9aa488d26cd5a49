/** Uses of land, with the range of the start price in 万元 a 亩 and the years of the grant. */
export const LAND_USES = [
  { use: '工业用地', years: 50, low: 16, high: 32, ratio: '≥1.2' },
  { use: '城镇住宅用地', years: 70, low: 90, high: 420, ratio: '>1.0且≤2.2' },
  { use: '商服用地', years: 40, low: 80, high: 360, ratio: '≤2.5' },
  { use: '物流仓储用地', years: 50, low: 18, high: 40, ratio: '≥1.0' },
  { use: '公用设施用地', years: 50, low: 20, high: 60, ratio: '≤1.5' },
  { use: '教育用地', years: 50, low: 30, high: 80, ratio: '≤1.0' },
] as const;

/** State-owned assets that are sold or let; prices in 万元. */
export const PROPERTY_SUBJECTS = [
  { name: '沿街商铺租赁权', low: 2, high: 90, kind: '资产出租', unit: '㎡' },
  { name: '办公楼部分房产租赁权', low: 5, high: 160, kind: '资产出租', unit: '㎡' },
  { name: '闲置校舍租赁权', low: 2, high: 40, kind: '资产出租', unit: '㎡' },
  { name: '报废公务车辆一批', low: 1, high: 30, kind: '资产转让', unit: '辆' },
  { name: '报废电力设备一批', low: 3, high: 120, kind: '资产转让', unit: '台' },
  { name: '废旧钢材一批', low: 3, high: 80, kind: '资产转让', unit: '吨' },
  { name: '房地产及附属设施', low: 80, high: 3600, kind: '资产转让', unit: '㎡' },
  { name: '在建工程及土地使用权', low: 600, high: 9800, kind: '资产转让', unit: '㎡' },
  { name: '存量办公设备一批', low: 1, high: 20, kind: '资产转让', unit: '件' },
  { name: '公交站亭广告位经营权', low: 5, high: 220, kind: '资产出租', unit: '处' },
  { name: '充电站五年经营权', low: 20, high: 360, kind: '资产出租', unit: '处' },
  { name: '采砂清淤弃料一批', low: 40, high: 1800, kind: '资产转让', unit: 'm³' },
  { name: '60%国有股权', low: 200, high: 6800, kind: '产权转让', unit: '股' },
  { name: '100%国有股权', low: 300, high: 9600, kind: '产权转让', unit: '股' },
  { name: '农贸市场摊位租赁权', low: 1, high: 60, kind: '资产出租', unit: '个' },
  { name: '林木资产一批', low: 2, high: 90, kind: '资产转让', unit: '株' },
] as const;
