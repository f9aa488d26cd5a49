import { DISCLOSURE_PERMISSIONS } from '../annual-report/permitted.ts';
import type { County } from '../counties/counties.ts';
import { DRAFT_PERMISSIONS } from '../drafts/permitted.ts';
import { EXPOSURE_PERMISSIONS } from '../exposures/drafts/transitions.ts';
import { WORK_PERMISSIONS } from '../work/permitted.ts';
import { type Officer, ROLE_KEYS, type Role } from './roles.ts';

interface Permission {
  /** What it is called, in the audit and on buttons. */
  label: string;
  /** Who may, any one of them; least privilege: nobody may what is not listed. */
  roles: readonly Role[];
  /** `county`: within one's own county; `city`: only people who act for the whole city. */
  scope: 'county' | 'city';
  /** The password has to have been given again a moment ago. */
  stepUp?: true;
}

/** Everything that staff may do beyond their own account, with who may: the pages, the buttons and the tests all read this table. */
export const PERMISSIONS = {
  'account.list': { label: '查看账号', roles: ['administrator'], scope: 'county' },
  'account.create': { label: '新建账号', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.assign': { label: '变更岗位', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.disable': { label: '停用账号', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.enable': { label: '恢复账号', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.reset': { label: '重置登录方式', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.link': { label: '关联单点登录身份', roles: ['administrator'], scope: 'county', stepUp: true },
  'account.unlink': { label: '解除单点登录身份', roles: ['administrator'], scope: 'county', stepUp: true },
  'audit.read': { label: '查看审计记录', roles: ['administrator', 'supervisor'], scope: 'city' },
  'case.general': { label: '办理咨询、建议和纠错', roles: ['countyClerk', 'editor', 'supervisor'], scope: 'county' },
  'case.supervision': { label: '办理举报、投诉和信用事项', roles: ['supervisor'], scope: 'city' },
  'case.disclosure': { label: '办理依申请公开', roles: ['disclosureOfficer'], scope: 'city' },
  'case.escalate': { label: '督办', roles: ['supervisor'], scope: 'city' },
  'case.release': {
    label: '审核公布答复',
    roles: ['firstReviewer', 'finalReviewer', 'supervisor'],
    scope: 'county',
  },
  'foi.approve': { label: '批准依申请公开延期', roles: ['finalReviewer', 'supervisor'], scope: 'city' },
  'foi.release': { label: '审核公布申请主题台账', roles: ['finalReviewer', 'supervisor'], scope: 'city' },
  'holiday.enter': { label: '登记放假安排', roles: ['disclosureOfficer', 'administrator'], scope: 'city' },
  'case.ledger': { label: '登记转办台账', roles: ['supervisor'], scope: 'city' },
  'draft.list': {
    label: '查看稿件',
    roles: ['countyClerk', 'editor', 'firstReviewer', 'finalReviewer', 'disclosureOfficer', 'supervisor'],
    scope: 'county',
  },
  'draft.create': { label: '新建稿件', roles: ['countyClerk', 'editor', 'disclosureOfficer'], scope: 'county' },
  'draft.template': { label: '维护稿件模板', roles: ['countyClerk', 'editor', 'disclosureOfficer'], scope: 'county' },
  'draft.remark': {
    label: '在稿件上写批注',
    roles: ['editor', 'firstReviewer', 'finalReviewer', 'disclosureOfficer'],
    scope: 'county',
  },
  'draft.attach': { label: '为稿件添加附件', roles: ['countyClerk', 'editor', 'disclosureOfficer'], scope: 'county' },
  'draft.clean': { label: '清理稿件的附件', roles: ['countyClerk', 'editor', 'disclosureOfficer'], scope: 'county' },
  'draft.justify': {
    label: '说明筛查发现可以发布的理由',
    roles: ['countyClerk', 'editor', 'disclosureOfficer', 'firstReviewer', 'finalReviewer'],
    scope: 'county',
  },
  'draft.tick': { label: '人工审看附件', roles: ['firstReviewer', 'finalReviewer'], scope: 'county' },
  ...DRAFT_PERMISSIONS,
  'exposure.list': {
    label: '查看曝光条目',
    roles: ['countyClerk', 'supervisor', 'finalReviewer'],
    scope: 'county',
  },
  'exposure.create': { label: '起草曝光条目', roles: ['countyClerk', 'supervisor'], scope: 'county' },
  ...EXPOSURE_PERMISSIONS,
  'exposure.openCase': { label: '受理异议、修复、撤销', roles: ['countyClerk', 'supervisor'], scope: 'county' },
  'exposure.extendCase': { label: '延长异议办理期限', roles: ['countyClerk', 'supervisor'], scope: 'county' },
  'exposure.closeCase': {
    label: '办结异议、修复、撤销',
    roles: ['supervisor', 'finalReviewer'],
    scope: 'county',
    stepUp: true,
  },
  'exchange.read': { label: '查看信息交换', roles: ['countyClerk', 'supervisor', 'administrator'], scope: 'county' },
  'exchange.take': { label: '接收部门文件', roles: ['countyClerk', 'supervisor'], scope: 'county' },
  'exchange.give': { label: '向部门提供条目', roles: ['supervisor'], scope: 'county' },
  'feed.review': {
    label: '审核来源内容',
    roles: ['editor', 'firstReviewer', 'finalReviewer'],
    scope: 'county',
  },
  'feed.trust': { label: '设置来源发布方式和信任规则', roles: ['finalReviewer', 'administrator'], scope: 'county' },
  'flag.list': { label: '查看提示', roles: ['countyClerk', 'supervisor', 'disclosureOfficer'], scope: 'county' },
  'flag.decide': { label: '核对提示', roles: ['supervisor'], scope: 'county' },
  'flag.reply': { label: '登记提示的说明', roles: ['countyClerk', 'supervisor'], scope: 'county' },
  'duty.list': {
    label: '查看应公开未公开',
    roles: ['countyClerk', 'supervisor', 'disclosureOfficer'],
    scope: 'county',
  },
  ...DISCLOSURE_PERMISSIONS,
  ...WORK_PERMISSIONS,
  'audit.export': { label: '导出审计记录', roles: ['administrator', 'supervisor'], scope: 'city' },
} as const satisfies Record<string, Permission>;

export type Permitted = keyof typeof PERMISSIONS;
export const PERMITTED_KEYS = Object.keys(PERMISSIONS) as [Permitted, ...Permitted[]];

/** Why somebody may not. In this order: what can be mended by the person comes last. */
export const REFUSALS = {
  role: '您的岗位没有这项权限',
  county: '这项内容不属于您所在的县区',
  secondFactor: '请先启用并使用动态口令登录，再做这项操作',
  stepUp: '请再次输入密码确认身份',
} as const;

export type Refusal = keyof typeof REFUSALS;

/**
 * Whether somebody may do something in a county (null: it concerns the whole city). Without a second factor nobody may anything:
 * the only thing open to them is to set it up.
 * @returns null when they may, else why not
 */
export function refusalOf(officer: Officer, permitted: Permitted, county: County | null): Refusal | null {
  const { roles, scope, stepUp }: Permission = PERMISSIONS[permitted];
  if (!officer.roles.some((role) => roles.includes(role))) return 'role';
  if (officer.county !== null && (scope === 'city' || county !== officer.county)) return 'county';
  if (!officer.hasSecondFactor) return 'secondFactor';
  return stepUp && !officer.isSteppedUp ? 'stepUp' : null;
}

/** Posts that only the city's own staff may hold: they see what concerns every county. */
const CITY_ROLES: readonly Role[] = ['supervisor', 'disclosureOfficer'];

/** Whether an officer may give these posts in this county: nobody makes an account that sees further than their own. */
export function mayAssign(officer: Officer, roles: readonly Role[], county: County | null): boolean {
  if (officer.county !== null && county !== officer.county) return false;
  if (county !== null && roles.some((role) => CITY_ROLES.includes(role))) return false;
  return roles.every((role) => ROLE_KEYS.includes(role));
}
