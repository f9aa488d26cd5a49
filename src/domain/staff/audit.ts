import { DRAFT_OWN_ACTIONS } from '../drafts/permitted.ts';
import { PERMISSIONS, type Permitted } from './permissions.ts';

/** What people do with their own account, and what is done at the machine. */
const OWN = {
  'session.open': '登录',
  'session.refuse': '登录未成功',
  'session.close': '退出登录',
  'session.end': '结束其他登录',
  'session.stepUp': '再次验证身份',
  'own.password': '设置密码',
  'own.secondFactor': '启用动态口令',
  'own.recovery': '使用恢复码',
  'draft.refuseFile': '附件未收下',
  'exposure.refuseFile': '依据材料未收下',
  'sealed.read': '查看密封或个人信息',
  'article.seed': '载入通用说明',
  'sealed.erase': '按期销毁提交的内容',
  'command.administrator': '命令行建立管理员',
  ...DRAFT_OWN_ACTIONS,
} as const;

export type AuditAction = Permitted | keyof typeof OWN;
export const AUDIT_ACTIONS = [...Object.keys(PERMISSIONS), ...Object.keys(OWN)] as [AuditAction, ...AuditAction[]];

/** What an action is called. */
export function auditLabel(action: AuditAction): string {
  return action in OWN ? OWN[action as keyof typeof OWN] : PERMISSIONS[action as Permitted].label;
}
