import type { County } from '#src/domain/counties/counties.ts';
import type { Day } from './calendar.ts';
import type { Brief } from './details.ts';
import type { DemoCategory } from './model.ts';

interface Showcase {
  key: string;
  category: DemoCategory;
  county: County;
  brief: Brief;
}

/** Projects that walk-throughs look for, by weekday (1 = Monday); subjects take turns from week to week. */
const WEEK: Record<number, (Omit<Showcase, 'key' | 'brief'> & { subjects: string[]; buyer?: string })[]> = {
  1: [
    {
      category: 'procurement',
      county: 'zoucheng',
      subjects: ['高清视频监控系统采购项目', '校园视频监控及一键报警系统升级项目', '道路监控设备运维服务项目'],
    },
  ],
  2: [
    { category: 'property', county: 'rencheng', subjects: ['在建工程及土地使用权'] },
    { category: 'construction', county: 'gaoxin', subjects: ['标准厂房在建工程续建项目'] },
  ],
  3: [
    {
      category: 'general',
      county: 'jining',
      subjects: ['办公楼物业服务项目', '企业食堂承包经营服务项目', '工程车辆租赁服务项目', '电力设备采购项目'],
      buyer: '济宁招商岱岳川实业有限公司',
    },
  ],
  4: [
    {
      category: 'procurement',
      county: 'jining',
      subjects: ['农产品质量检测服务项目', '小麦统防统治飞防服务项目', '有机肥替代化肥物资采购项目'],
      buyer: '鲁南尼丘雁农业发展服务中心',
    },
  ],
  5: [{ category: 'construction', county: 'zoucheng', subjects: ['智慧城市视频监控杆体及管道工程'] }],
};

/** The fixed projects that begin on a day. */
export function showcaseOf(day: Day): Showcase[] {
  const weekday = new Date(day).getUTCDay();
  const week = Math.floor(Date.parse(day) / (7 * 86_400_000));
  return (WEEK[weekday] ?? []).map(({ category, county, subjects, buyer }, index) => ({
    key: `${day}-fixed-${index}`,
    category,
    county,
    brief: { subject: subjects[week % subjects.length], buyer },
  }));
}
