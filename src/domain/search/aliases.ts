/**
 * What people type → what notices print. Longer entries win over shorter ones. A query is read as typed first and with
 * the printed name second, so an entry never hides a notice.
 */
const PRINTED: Record<string, string> = {
  教体局: '教育和体育局',
  教育局: '教育和体育局',
  卫健委: '卫生健康委员会',
  卫健局: '卫生健康局',
  卫计委: '卫生健康委员会',
  住建局: '住房和城乡建设局',
  住建委: '住房和城乡建设局',
  自规局: '自然资源和规划局',
  国土局: '自然资源和规划局',
  人社局: '人力资源和社会保障局',
  农业局: '农业农村局',
  水利局: '城乡水务局',
  交通局: '交通运输局',
  文旅局: '文化和旅游局',
  市监局: '市场监督管理局',
  工商局: '市场监督管理局',
  发改委: '发展和改革委员会',
  发改局: '发展和改革局',
  工信局: '工业和信息化局',
  退役局: '退役军人事务局',
  医保局: '医疗保障局',
  应急局: '应急管理局',
  环保局: '生态环境局',
  综合执法局: '综合行政执法局',
  城管局: '综合行政执法局',
  行政审批局: '行政审批服务局',
  机关事务局: '机关事务管理局',
  疾控中心: '疾病预防控制中心',
  妇保院: '妇幼保健院',
  妇幼保健院: '妇幼保健计划生育服务中心',
  中医院: '中医医院',
  附院: '附属医院',
  济医附院: '济宁医学院附属医院',
  一院: '第一人民医院',
  市一院: '济宁市第一人民医院',
  二院: '第二人民医院',
  高速交警: '高速公路交通警察',
  交警队: '交通警察大队',
  交警支队: '公安局交通警察支队',
  派出所: '公安局',
  镇政府: '镇人民政府',
  区政府: '区人民政府',
  县政府: '县人民政府',
  高新区管委会: '高新技术产业开发区管理委员会',
  管委会: '管理委员会',
  土地出让: '国有建设用地使用权出让',
  卖地: '国有建设用地使用权出让',
  土拍: '国有建设用地使用权拍卖',
  土地拍卖: '国有建设用地使用权拍卖',
  土地挂牌: '国有建设用地使用权挂牌',
  地块出让: '国有建设用地使用权出让',
  中标公告: '中标结果公告',
  中标公示: '中标结果公告',
  变更公告: '更正公告',
  旧改: '老旧小区改造',
  棚改: '棚户区改造',
  高标田: '高标准农田',
  污水厂: '污水处理厂',
  摄像头: '监控',
  核磁: '磁共振',
  核磁共振: '磁共振成像系统',
  彩超: '彩色多普勒超声',
  b超: '超声诊断',
  充电桩: '充电设施',
  路灯: '道路照明',
};

const ENTRIES = Object.entries(PRINTED).sort(([a], [b]) => b.length - a.length);

/** Names as notices print them: never cut into words. */
export const PRINTED_NAMES = [...new Set(Object.values(PRINTED))];

/** One replacement that was made in a query, to be shown to the reader. */
export interface Rewriting {
  from: string;
  to: string;
}

/**
 * The text with each known short or colloquial name replaced by the printed one, longest first; nothing inside a
 * printed name that already stands there is touched.
 */
export function rewriteAliases(text: string): { text: string; rewritten: Rewriting[] } {
  const rewritten: Rewriting[] = [];
  let done = '';
  let rest = text;
  while (rest) {
    const entry = ENTRIES.find(([typed, printed]) => rest.startsWith(typed) && !rest.startsWith(printed));
    const printed = ENTRIES.find(([, name]) => rest.startsWith(name))?.[1];
    if (printed) {
      done += printed;
      rest = rest.slice(printed.length);
    } else if (entry) {
      rewritten.push({ from: entry[0], to: entry[1] });
      done += entry[1];
      rest = rest.slice(entry[0].length);
    } else {
      const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      done += char;
      rest = rest.slice(char.length);
    }
  }
  return { text: done, rewritten };
}
