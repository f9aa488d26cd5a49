import { addDays, formatChineseDay } from '#scripts/demo/generate/calendar.ts';
import { Cast, type Company, type Organisation } from '#scripts/demo/generate/names.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { fromShanghai } from '#src/domain/time/time.ts';

const CAST = new Cast(707);
const THINGS = [
  '校园食堂设备',
  '河道清淤工程',
  '智慧路灯',
  '排水管网改造',
  '实训楼外墙修缮',
  '档案数字化服务',
  '物业服务',
  '消毒设备',
];
const PLACES = ['凫岭大道以东', '泗滨岚路以西', '圣壑西路南侧', '古运笙巷北侧'];

/** A moment as notices write it and as it is. */
export interface Moment {
  /** `2026年04月09日`. */
  day: string;
  /** `2026年04月09日09时30分`. */
  chinese: string;
  /** `2026-04-09 09:30`. */
  plain: string;
  instant: string;
}

export interface Bidder extends Company {
  fen: number;
  score: string;
  days: string;
}

/** What one notice is about: all of it invented. */
export interface Truth {
  buyer: Organisation;
  agency: Organisation;
  name: string;
  code: string;
  lotCodes: string[];
  bidders: Bidder[];
  budget: number;
  ceiling: number;
  deposit: number;
  opening: Moment;
  earlier: Moment;
  documentsFrom: string;
  documentsTo: string;
  place: string;
  contractCode: string;
  parcels: { no: string; place: string; area: number; start: number; deposit: number; deal: number }[];
  random: Random;
}

function moment(day: string, hour: number, minute: number): Moment {
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0'));
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return {
    day: formatChineseDay(day),
    chinese: `${formatChineseDay(day)}${clock[0]}时${clock[1]}分`,
    plain: `${day} ${clock.join(':')}`,
    instant: fromShanghai(year, month, date, hour, minute, 0),
  };
}

/** The truth of a notice; a function of its key. */
export function makeTruth(key: string): Truth {
  const random = new Random('facts', key);
  const day = addDays('2025-02-03', random.integer(0, 500));
  const budget = random.integer(200, 90_000) * 1_000_00;
  const ceiling = budget - random.integer(0, 40) * 1_000_00;
  const bidders = random.sample(CAST.suppliers, 4).map((company, index) => ({
    ...company,
    fen: Math.round(ceiling * (0.8 + index * 0.03)) + random.integer(0, 99),
    score: (95 - index * 4 - random.next()).toFixed(2),
    days: `${random.integer(3, 40) * 10}日历天`,
  }));
  const code = `JN${random.pick(['ZB', 'CG', 'JY'])}-2026-${random.digits(4)}`;
  return {
    buyer: CAST.buyer(random, 'qufu', 'school'),
    agency: random.pick(CAST.agencies),
    name: `${random.pick(['泗滨岚街道', '凫岭镇', '葛亭岫片区'])}2026年${random.pick(THINGS)}项目`,
    code,
    lotCodes: [`${code}-A`, `${code}-B`, `${code}-C`],
    bidders,
    budget,
    ceiling,
    deposit: random.integer(1, 80) * 10_000_00,
    opening: moment(day, random.integer(9, 15), random.pick([0, 30])),
    earlier: moment(addDays(day, -random.integer(3, 12)), 9, 30),
    documentsFrom: formatChineseDay(addDays(day, -21)),
    documentsTo: formatChineseDay(addDays(day, -16)),
    place: random.pick(PLACES),
    contractCode: `HT-${random.digits(6)}`,
    parcels: Array.from({ length: 3 }, (_, index) => {
      const start = random.integer(300, 9_000) * 1_000_000;
      return {
        no: `2026-${random.integer(1, 60) + index * 60}号`,
        place: random.pick(PLACES),
        area: random.integer(300_000, 9_000_000) / 100,
        start,
        deposit: Math.round(start / 5_000_000) * 1_000_000,
        deal: start + random.integer(0, 400) * 1_000_000,
      };
    }),
    random,
  };
}

/** `1234567.80`. */
export function plainYuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

/** `1,234,567.80`. */
export function groupedYuan(fen: number): string {
  const [whole = '', fraction = ''] = plainYuan(fen).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/** `123.45678`: an amount as a number of 万元, exact. */
export function wanNumber(fen: number): string {
  return (fen / 1_000_000).toFixed(6).replace(/\.?0+$/, '');
}
