import type { Db } from '#db/client.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { COUNTIES, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { addDays, formatDate, startOfDay } from '#src/domain/time/time.ts';
import type { Table } from '#src/formats/table.ts';
import { importLibrary } from '#src/publish/library/import.ts';
import { makeCreditCode } from './generate/codes.ts';
import { Cast, makePerson, SHOPS } from './generate/names.ts';
import { Random } from './generate/random.ts';

/** Companies of the demonstration's library; the real one is said to hold more than ten thousand (万余家). */
const COMPANIES = 10_600;
/** All sources of the demonstration's library begin so: `demo:clear` knows them by it. */
export const DEMO_LIBRARY = '演示名录';

const TRADES: Record<string, readonly string[]> = {
  建设工程: ['建筑工程施工总承包', '市政公用工程施工总承包'],
  水利工程: ['水利水电工程施工总承包'],
  园林绿化: ['城市及道路照明工程专业承包'],
  消防工程: ['消防设施工程专业承包'],
  信息科技: ['信息系统建设和服务能力', '电子与智能化工程专业承包'],
  医疗器械: ['医疗器械经营许可'],
  物业服务: ['物业服务信用评价'],
  勘测设计: ['工程勘察', '建筑行业设计'],
  工程监理: ['房屋建筑工程监理'],
  环境工程: ['环保工程专业承包'],
};
const ISSUERS = ['虚构省住房和城乡建设厅', '虚构市行政审批服务局', '虚构省行业协会'];
const STAFF = ['二级注册建造师', '一级注册建造师', '注册监理工程师', '注册造价工程师', '安全生产考核合格证'];
const HONOURS = ['守合同重信用企业', '优质工程奖', '科技进步奖', '诚信示范单位'];
const SECOND = '澄 朗 霁 桐 笙 砚 棠 禾 湛 屹 岚 羽 烁 栩 苇 黛 弈 澍 钧 蘅 珩 骁'.split(' ');

interface Registered {
  name: string;
  code: string;
}

/** Every supplier and agency of the demonstration's notices, and companies that have not won anything yet. */
function listCompanies(seed: number): Registered[] {
  const cast = new Cast(seed);
  const random = new Random(seed, 'library');
  const byCode = new Map<string, string>();
  const names = new Set<string>();
  const add = (name: string, code: string) => {
    if (byCode.has(code) || names.has(name)) return;
    byCode.set(code, name);
    names.add(name);
  };
  for (const { name, creditCode } of [...cast.suppliers, ...cast.agencies]) add(name, creditCode);
  const counties = Object.keys(COUNTIES) as County[];
  while (byCode.size < COMPANIES) {
    const county = random.pick(counties);
    const region = random.pick(['山东', '鲁南', '济宁', countyDefinition(county).short.replace('市本级', '济宁')]);
    const name = `${region}${random.pick(SHOPS)}${random.pick(SECOND)}${random.pick(Object.keys(TRADES))}有限公司`;
    add(name, makeCreditCode(random, countyDefinition(county).regionCode ?? '370800'));
  }
  return [...byCode].map(([code, name]) => ({ code, name }));
}

/** The four tables, as a register would export them. `today` is a day in Shanghai. */
export function makeLibrary(seed: number, today: string): { source: string; table: Table }[] {
  const random = new Random(seed, 'library entries');
  const day = (offset: number) => formatDate(addDays(startOfDay(today), offset));
  const blocks = {
    qualifications: [
      ['企业名称', '统一社会信用代码', '资质名称', '资质等级', '证书编号', '发证机关', '有效期自', '有效期至'],
    ],
    achievements: [['企业名称', '统一社会信用代码', '业绩名称', '建设单位', '合同金额（元）', '完成日期']],
    honours: [['企业名称', '统一社会信用代码', '荣誉名称', '荣誉级别', '授予单位', '授予日期']],
    staff: [['企业名称', '统一社会信用代码', '姓名', '证书类别', '证书等级', '有效期自', '有效期至']],
  };
  for (const [index, { name, code }] of listCompanies(seed).entries()) {
    const trade = Object.keys(TRADES).find((each) => name.includes(each));
    const from = -random.integer(30, 1700);
    const serial = String(index).padStart(6, '0');
    const qualification = random.pick(trade ? (TRADES[trade] ?? []) : ['质量管理体系认证']);
    blocks.qualifications.push([
      ...[name, code, qualification, random.pick(['一级', '二级', '三级']), `YS${serial}`, random.pick(ISSUERS)],
      ...[day(from), day(from + 1826)],
    ]);
    if (random.chance(0.5)) {
      const amount = `${random.integer(20, 9000)}0000.00`;
      const work = `${random.pick(SHOPS)}${random.pick(['片区改造', '中心建设', '设备采购', '养护服务'])}项目`;
      blocks.achievements.push([
        name,
        code,
        work,
        `虚构市${random.pick(SHOPS)}服务中心`,
        amount,
        day(-random.integer(20, 1500)),
      ]);
    }
    if (random.chance(0.25)) {
      blocks.honours.push([
        name,
        code,
        random.pick(HONOURS),
        random.pick(['市级', '省级']),
        '虚构市市场监督管理局',
        day(-random.integer(20, 1500)),
      ]);
    }
    if (random.chance(0.7)) {
      const start = -random.integer(10, 1000);
      blocks.staff.push([
        name,
        code,
        makePerson(random),
        random.pick(STAFF),
        random.pick(['', '一级', '二级']),
        day(start),
        day(start + 1096),
      ]);
    }
  }
  const labels = { qualifications: '资质', achievements: '业绩', honours: '荣誉', staff: '人员' };
  return Object.entries(blocks).map(([key, table]) => ({
    source: `${DEMO_LIBRARY}·${labels[key as keyof typeof labels]}`,
    table,
  }));
}

/** Takes the demonstration's library over through the ordinary import. @throws Error when a row is refused. */
export function loadLibrary(db: Db, seed: number, context: WriteContext, signal?: AbortSignal): void {
  for (const { source, table } of makeLibrary(seed, formatDate(context.now))) {
    const { block, rejected } = importLibrary(db, table, { ...context, source, signal });
    if (rejected > 0) throw new Error(`${block}: ${rejected} rows refused`);
  }
}
