import { COUNTIES, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { makeCreditCode, makeLandline } from './codes.ts';
import { Random } from './random.ts';

export interface Organisation {
  name: string;
  address: string;
  contact: string;
  phone: string;
}

export interface Company extends Organisation {
  creditCode: string;
}

/** Kinds of buyer, by what they buy. */
export type BuyerKind =
  | 'school'
  | 'hospital'
  | 'street'
  | 'build'
  | 'water'
  | 'farm'
  | 'culture'
  | 'safety'
  | 'city'
  | 'office'
  | 'land'
  | 'transport'
  | 'enterprise';

/** Invented shop names: local words joined as no register joins them. */
export const SHOPS =
  '岱岳川 泗滨岚 凫岭禾 微湖棹 古运笙 峄桐砚 洸澜庭 汶野霁 鲁桥岸 南阳舫 蓼沟明 葛亭岫 圣壑泉 尼丘雁 独山屿 昭阳舸 任国栈 缗城垣 重坊烁 宁阳渡 曲池莲 邾峰屹 鄹邑朗 沂浴风 阙里桁 漕鼓声 麒台羽 宝相禧 水泊澄 雷泽沅'.split(
    ' ',
  );
const BUYERS: Record<BuyerKind, readonly string[]> = {
  school: ['中学', '实验小学', '职业中等专业学校', '中心幼儿园'],
  hospital: ['医院', '妇幼保健服务中心', '中医康复院'],
  street: ['街道办事处', '镇人民政府'],
  build: ['城乡建设服务中心', '市政工程服务中心'],
  water: ['水务事业服务中心', '河湖长效管护中心'],
  farm: ['农业发展服务中心', '农田建设服务中心'],
  culture: ['文化艺术中心', '全民健身中心'],
  safety: ['平安建设保障中心', '应急值守服务中心'],
  city: ['城市管理服务中心', '园林绿化养护中心', '环境卫生服务中心'],
  office: ['政务服务保障中心', '大数据事业服务中心'],
  land: ['自然资源交易服务中心'],
  transport: ['公路养护中心', '交通运输事业服务中心'],
  enterprise: ['城市投资集团有限公司', '文旅发展有限公司', '国有资产运营有限公司', '供水集团有限公司'],
};
const TRADES =
  '建设工程 建筑安装 市政工程 路桥工程 水利工程 园林绿化 消防工程 信息科技 智能科技 网络技术 电子科技 医疗器械 医疗科技 生物科技 教育装备 办公设备 家具 餐饮管理 物业服务 保洁服务 保安服务 环境工程 环保科技 新能源 农业科技 种业 商贸 供应链管理 勘测设计 工程咨询 工程监理 检测技术'.split(
    ' ',
  );
const AGENCIES = ['项目管理', '工程咨询', '招标咨询', '采购咨询'];
const STREETS = '泗滨岚路 凫岭大道 微湖棹街 古运笙巷 岱岳川路 洸澜中路 蓼沟东街 尼丘雁路 漕鼓北路 圣壑西路'.split(' ');
const SURNAMES = '公冶 澹台 漆雕 宰父 端木 闾丘 微生 公西 颛孙 壤驷 巫马 南宫 公良 司城 东野 乐正 亓官 仲长'.split(' ');
const GIVEN = '砚 棠 禾 湛 屹 岚 澄 朗 霁 桐 笙 舫 沅 羽 烁 栩 苇 黛 弈 澍 钧 蘅 珩 骁'.split(' ');
const COUNTY_NAMES = Object.keys(COUNTIES) as County[];
const SUPPLIER_COUNT = 640;
const AGENCY_COUNT = 28;

/** A person who does not exist; compound surnames of Confucius' school make that visible. */
export function makePerson(random: Random): string {
  return random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.5) ? random.pick(GIVEN) : '');
}

/** A contact as notices name it: surname and form of address, or the full name. */
function makeContact(random: Random): string {
  if (random.chance(0.4)) return makePerson(random);
  return random.pick(SURNAMES) + random.pick(['先生', '女士', '老师', '工', '科长']);
}

/** An address in a county, in a street that does not exist. */
export function makeAddress(random: Random, county: County): string {
  const place = county === 'jining' ? '济宁市' : countyDefinition(county).label;
  return `${place}${random.pick(STREETS)}${random.integer(1, 399)}号`;
}

function makeCompany(random: Random, name: string, county: County): Company {
  return {
    name,
    address: makeAddress(random, county),
    contact: makeContact(random),
    phone: makeLandline(random),
    creditCode: makeCreditCode(random, countyDefinition(county).regionCode ?? '370800'),
  };
}

/** Everyone who takes part in the demonstration; a function of the seed alone. */
export class Cast {
  readonly suppliers: Company[] = [];
  readonly agencies: Company[] = [];
  readonly #seed: number;
  readonly #buyers = new Map<string, Organisation>();

  constructor(seed: number) {
    this.#seed = seed;
    const random = new Random(seed, 'cast');
    const used = new Set<string>();
    const fill = (list: Company[], count: number, trades: readonly string[]) => {
      while (list.length < count) {
        const county = random.pick(COUNTY_NAMES);
        const region = random.pick(['', '', '山东', '鲁南', '济宁', countyDefinition(county).short]);
        const name = `${region === '市本级' ? '济宁' : region}${random.pick(SHOPS)}${random.pick(trades)}有限公司`;
        if (used.has(name)) continue;
        used.add(name);
        list.push(makeCompany(random, name, county));
      }
    };
    fill(this.suppliers, SUPPLIER_COUNT, TRADES);
    fill(this.agencies, AGENCY_COUNT, AGENCIES);
  }

  /** One of a county's few buyers of a kind; the same buyers come again and again. */
  buyer(random: Random, county: County, kind: BuyerKind): Organisation {
    const unit = county === 'jining' ? '济宁市' : countyDefinition(county).label;
    const pool = new Random(this.#seed, 'buyers', county, kind);
    const shops = pool.sample(SHOPS, 3);
    const suffix = random.pick(BUYERS[kind]);
    return this.named(`${unit}${random.pick(shops)}${suffix}`, county);
  }

  /** An organisation by name, with an address and contact that stay the same. */
  named(name: string, county: County): Organisation {
    const known = this.#buyers.get(name);
    if (known) return known;
    const random = new Random(this.#seed, 'organisation', name);
    const made = {
      name,
      address: makeAddress(random, county),
      contact: makeContact(random),
      phone: makeLandline(random),
    };
    this.#buyers.set(name, made);
    return made;
  }

  /** A supplier by name, outside the pool. */
  company(name: string, county: County): Company {
    return makeCompany(new Random(this.#seed, 'company', name), name, county);
  }

  /** Suppliers whose trade fits, the rest of the pool when too few do. */
  suppliersFor(trade: string): Company[] {
    const fitting = this.suppliers.filter((company) => company.name.includes(trade));
    return fitting.length >= 6 ? fitting : this.suppliers;
  }
}
