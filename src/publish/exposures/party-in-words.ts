/** Endings that are sure to end an organization's name, and what may still follow as a part of it. */
const NAME =
  /^[^\s，。；;、：:《》\d]{2,40}?(?:公司|集团|厂|医院|学校|大学|学院|合作社|供销社|事务所|商店|商行|超市|饭店|酒店|经营部|门市部|研究院|设计院)(?:[^\s，。；;、：:《》涉因未违擅]{0,20}?(?:分公司|分店|分行|支行|分厂|门店|店|分部))?/;

/** Where the organization's name ends with which words begin; 0 when they begin with none. */
export function endOfName(words: string): number {
  return NAME.exec(words)?.[0].length ?? 0;
}

/** A case's name taken apart: `甲公司涉嫌未公示信息案` is about 甲公司 and 未公示信息. That it is called a suspicion means nothing once it is decided. */
export function readCaseName(name: string): { party: string | undefined; matter: string | undefined } {
  const end = endOfName(name);
  const matter = name
    .slice(end)
    .replace(/^[\s，,：:]*(?:涉嫌)?/, '')
    .replace(/一?案$/, '')
    .trim();
  return { party: end > 0 ? name.slice(0, end) : undefined, matter: matter.length >= 4 ? matter : undefined };
}
