const FLOOR_AREA =
  /(?:总?建筑面积|建筑规模)(?:约|共|为|合计|[:：\s])*([\d,，]+(?:\.\d+)?)\s*(万)?\s*(?:平方米|㎡|m²|m2|平米)/gi;

/** The one floor area 建筑面积 in m² that texts tell; null where they tell none, or more than one. */
export function readFloorArea(bodies: readonly (string | null)[]): number | null {
  const found = new Set<number>();
  for (const body of bodies) {
    for (const [, digits = '', wan] of body?.matchAll(FLOOR_AREA) ?? []) {
      const value = Number(digits.replace(/[,，]/g, '')) * (wan ? 10_000 : 1);
      if (value > 0 && Number.isFinite(value)) found.add(Math.round(value * 100) / 100);
    }
  }
  const [only, ...others] = found;
  return only !== undefined && others.length === 0 ? only : null;
}

/** Kinds of buildings, by the words of titles; the first that fits counts. */
const BUILDINGS: readonly [type: string, words: RegExp][] = [
  ['school', /学校|小学|中学|幼儿园|学院|教学楼|校区|校舍/],
  ['hospital', /医院|卫生院|病房|门诊|卫生服务中心/],
  ['housing', /住宅|安置房|安置区|小区|公寓|保障房|宿舍|棚户区/],
  ['factory', /厂房|车间|标准化厂|仓库|产业园/],
  ['office', /办公楼|综合楼|业务用房|服务中心|文化中心|体育馆|图书馆/],
];
export const BUILDING_LABELS = {
  school: '学校',
  hospital: '医院',
  housing: '住宅',
  factory: '厂房仓库',
  office: '办公和公共建筑',
} as const;

/** No building, or not its building works alone: these are in no series of unit costs. */
const NOT_BUILDING =
  /道路|市政|管网|桥|绿化|景观|设计|监理|勘察|检测|造价|咨询|设备|EPC|总承包|装修|装饰|维修|改造|电梯|幕墙|消防|空调|智能化/i;

/** The kind of a new building by its title; null for everything else. */
export function buildingType(title: string): string | null {
  if (NOT_BUILDING.test(title)) return null;
  return BUILDINGS.find(([, words]) => words.test(title))?.[0] ?? null;
}
