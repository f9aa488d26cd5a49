/** Endings and words of organizations' names. */
const ORGANIZATION =
  /公司|集团|中心|医院|学校|大学|学院|中学|小学|幼儿园|合作社|事务所|研究[院所]|设计院|协会|基金会|委员会|办事处|工作室|经营部|商行|商店|门市|[厂店局厅部社站所院馆队园场会行政府]$/;

/** Could the name be a natural person's? Then it is treated as one: masking an organization harms less than naming a person. */
export function looksPersonal(name: string): boolean {
  const plain = name.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  if (ORGANIZATION.test(plain)) return false;
  return (
    /^\p{Script=Han}{2,4}$/u.test(plain) ||
    /^\p{Script=Han}{1,8}[·•]\p{Script=Han}{1,12}$/u.test(plain) ||
    plain.includes('*')
  );
}
