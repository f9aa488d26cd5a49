import type { LintFinding, ReportText, Rule } from './finding.ts';

/** Rows of table three, as both forms print them. */
const NEW = /^一、本年新收政府信息公开申请数量$/;
const CARRIED_OVER = /^二、上年结转政府信息公开申请数量$/;
const PROCESSED = /^（七）总计$/;
const CARRIED_FORWARD = /^四、结转下年度继续办理$/;
/** From （一）予以公开 to （六）. */
const GRANTED = /（一）予以公开$/;

/** The sum of table three's row, in its last column. */
const totalOf = (report: ReportText, row: RegExp): number | undefined => report.row(row)?.at(-1);

const found = (rule: LintFinding['rule'], message: string, ...quotes: string[]): LintFinding => ({
  rule,
  quotes,
  message,
});

/** Nought projects of 政府集中采购 in table two beside notices of 政府采购 in the text. */
export const centralProcurement: Rule = (report) => {
  const [count] = report.row(/^政府集中采购$/) ?? [];
  const [quote = '', notices = '0'] = /政府采购(\d+)条/.exec(report.words) ?? [];
  if (count !== 0 || Number(notices) === 0) return [];
  return [
    found(
      'centralProcurement',
      `表二政府集中采购项目数量为 0，正文却有政府采购信息 ${notices} 条，请核对口径`,
      '政府集中采购 0',
      quote,
    ),
  ];
};

/** Nought 规范性文件 in table two, of which the text says that they were made. */
export const normativeDocuments: Rule = (report) => {
  const [made] = report.row(/^(?:行政)?规范性文件$/) ?? [];
  const said = /(?:新出台|新制定|新印发|制定|出台|印发)(?:了|的)?[^。；、，》]{0,8}规范性文件/.exec(report.words);
  if (made !== 0 || !said) return [];
  return [
    found(
      'normativeDocuments',
      '表二规范性文件本年制作数量为 0，正文却提到新出台的规范性文件',
      '规范性文件 0',
      said[0],
    ),
  ];
};

/** A share that no number of the year before gives, or another than the one that is known. */
export const yearOnYear: Rule = ({ words }, { requestsBefore }) =>
  [
    ...words.matchAll(/申请(\d+)件，(?:较上年|比上年)?同?比?(增长|增加|上升|降低|下降|减少)(?:了)?(\d+(?:\.\d+)?)%/g),
  ].flatMap(([quote, number = '', verb = '', share = '']) => {
    const [count, percent] = [Number(number), Number(share)];
    const sign = /增|升/.test(verb) ? 1 : -1;
    const digits = share.split('.')[1]?.length ?? 0;
    const gives = (before: number) => (sign * (count - before) * 100) / before;
    const fits = (before: number) => before > 0 && Math.abs(gives(before) - percent) <= 0.5 * 10 ** -digits + 1e-9;
    if (requestsBefore !== null)
      return fits(requestsBefore)
        ? []
        : [found('yearOnYear', `上年为 ${requestsBefore} 件，与“${verb}${share}%”不符`, quote)];
    const near = Math.round(count / (1 + (sign * percent) / 100));
    const possible = [near - 1, near, near + 1].filter(fits);
    const message =
      possible.length === 0
        ? `没有任何上年件数能得出“${verb}${share}%”`
        : `“${verb}${share}%”意味着上年为 ${possible.join(' 或 ')} 件，请与上年报告核对`;
    return [found('yearOnYear', message, quote)];
  });

/** Requests that were questions: they are answered as such, and counted nowhere in table three. */
export const consultations: Rule = ({ words }) =>
  [...words.matchAll(/申请的?内容(?:主要|全部|均)?(?:为|是)[^。；]{0,20}咨询/g)].map(([quote]) =>
    found('consultations', '咨询不是政府信息公开申请，应当分流办理，不计入表三', quote),
  );

/** `5182条，其中建设工程1748条，…`: the parts of a total. A sentence that says 主要 or 包括 names some of them only. */
export const sums: Rule = ({ words }) =>
  [...words.matchAll(/(\d+)(条|件|起|项|次)[，：（]其中[：，]?([^。；）]+)/g)].flatMap(
    ([quote, total = '', unit = '', rest = '']) => {
      if (/主要|包括|等/.test(rest)) return [];
      const parts = [...rest.matchAll(new RegExp(`(\\d+)${unit}`, 'g'))].map(([, part]) => Number(part));
      const sum = parts.reduce((whole, part) => whole + part, 0);
      if (parts.length < 2 || sum === Number(total)) return [];
      return [found('sum', `各分项合计 ${sum}${unit}，总数写作 ${total}${unit}`, quote)];
    },
  );

/** Numbers of requests in the text against table three. */
export const textAgainstTable: Rule = (report) => {
  const pairs: [row: RegExp, said: RegExp, name: string][] = [
    [NEW, /收到(?:的)?政府信息公开申请(\d+)件/g, '一、本年新收'],
    [CARRIED_OVER, /上年结转(?:政府信息公开申请)?(\d+)件/g, '二、上年结转'],
    [PROCESSED, /(?:共|已)?(?:答复|办结)政府信息公开申请(\d+)件/g, '（七）总计'],
    [CARRIED_FORWARD, /结转下年度(?:继续办理)?(\d+)件/g, '四、结转下年度'],
  ];
  return pairs.flatMap(([row, said, name]) => {
    const total = totalOf(report, row);
    if (total === undefined) return [];
    return [...report.words.matchAll(said)].flatMap(([quote, number]) =>
      Number(number) === total ? [] : [found('table', `表三“${name}”为 ${total} 件，正文写作 ${number} 件`, quote)],
    );
  });
};

/** 第一项加第二项之和，等于第三项加第四项之和, in each column; and each row's last figure is the sum of those before. */
export const balance: Rule = (report) => {
  const rows = [NEW, CARRIED_OVER, PROCESSED, CARRIED_FORWARD].map((row) => report.row(row) ?? []);
  const [came = [], over = [], processed = [], forward = []] = rows;
  if (rows.some((row) => row.length !== 7)) return [];
  const columns = came.flatMap((_value, at) => {
    const [left, right] = [(came[at] ?? 0) + (over[at] ?? 0), (processed[at] ?? 0) + (forward[at] ?? 0)];
    return left === right
      ? []
      : [found('balance', `表三第 ${at + 1} 列：第一项加第二项是 ${left}，第三项加第四项是 ${right}`)];
  });
  const across = [NEW, CARRIED_OVER, GRANTED, PROCESSED, CARRIED_FORWARD].flatMap((label) => {
    const row = report.row(label) ?? [];
    const sum = row.slice(0, -1).reduce((whole, part) => whole + part, 0);
    return row.length !== 7 || sum === row.at(-1)
      ? []
      : [found('balance', `表三一行的各列之和是 ${sum}，总计是 ${row.at(-1)}`)];
  });
  return [...columns, ...across];
};

/** The text says that there was no case, and table four has some. */
export const reviews: Rule = (report) => {
  const said = /(?:没有|未)发生[^。；]{0,16}(?:复议|诉讼|案件)/.exec(report.words);
  const at = report.lines.findLastIndex((line) => line.replace(/\s/g, '') === '尚未审结');
  const figures = report.lines
    .slice(at + 1)
    .flatMap((line) => (/^\d+$/.test(line) ? [Number(line)] : []))
    .slice(0, 15);
  if (!said || at < 0 || figures.length < 15 || figures.every((figure) => figure === 0)) return [];
  return [found('reviews', '表四有复议或诉讼，正文却说没有', said[0])];
};
