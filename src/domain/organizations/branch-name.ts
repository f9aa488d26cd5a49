const BRANCH = /(?:分公司|分院|分行|支行|分局|营业部|办事处|分店|分厂|分所)$/;

/** Is it the name of a branch 分支机构, which belongs to the organization that its name begins with? */
export function isBranchName(name: string): boolean {
  return BRANCH.test(name);
}
