/** What staff may do with annual reports and the self-check of disclosure; part of `PERMISSIONS`. */
export const DISCLOSURE_PERMISSIONS = {
  'report.list': {
    label: '查看年度报告稿',
    roles: ['disclosureOfficer', 'editor', 'firstReviewer', 'finalReviewer', 'supervisor'],
    scope: 'city',
  },
  'report.draft': { label: '起草年度报告', roles: ['disclosureOfficer'], scope: 'city' },
  'report.submit': { label: '提交年度报告审核', roles: ['disclosureOfficer'], scope: 'city' },
  'report.return': { label: '退回年度报告', roles: ['finalReviewer'], scope: 'city' },
  'report.publish': { label: '发布年度报告', roles: ['finalReviewer'], scope: 'city', stepUp: true },
  'disclosure.task': { label: '维护政务公开任务分解表', roles: ['disclosureOfficer'], scope: 'city' },
} as const;
