import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { InputError } from '#src/domain/errors.ts';
import { toLoginName } from '#src/domain/staff/login-name.ts';
import { ROLE_KEYS, type Role } from '#src/domain/staff/roles.ts';
import { linkUrl } from '#src/domain/staff/urls.ts';
import type { Account } from '#src/staff/accounts.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { confirmed, visiting } from './visit.ts';

export interface AccountsPage {
  session: Session;
  accounts: Account[];
  form: SentForm;
  /** A new account, with the link that its owner sets a password by: shown this once. */
  invited?: { account: Account; link: string };
}

const NEW_ACCOUNT = z.object({
  loginName: z.string().transform((text, context) => {
    const name = toLoginName(text);
    if (name === null) context.addIssue('账号名须以字母开头，3 到 32 个小写字母、数字、点或连字符');
    return name ?? z.NEVER;
  }),
  displayName: z.string().trim().min(1, '请填写姓名').max(40, '姓名不能超过 40 个字'),
  county: z.enum(['', ...COUNTY_SLUGS], '请选择县区').transform((slug) => (slug === '' ? null : slug)),
});

/** Accounts, and the form that makes one. @throws ForbiddenError */
export function loadAccounts(asked: Asked): Promise<AccountsPage | Moved> {
  return visiting(asked, async (visit) => {
    const { desk, session } = visit;
    const toPage = (form: SentForm): AccountsPage => ({ session, accounts: desk.accounts(session), form });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const account = { ...parse(NEW_ACCOUNT, values), roles: readRoles(values) };
      const sure = await confirmed(visit, asked.request, values);
      return desk.invite(sure.session, account);
    });
    if ('form' in result) return toPage(result.form);
    const { account, token } = result.made;
    return { ...toPage(EMPTY_FORM), invited: { account, link: linkUrl(token) } };
  });
}

/** Posts that were ticked: `role.editor` and so on. @throws InputError for none */
export function readRoles(values: Readonly<Record<string, string>>): Role[] {
  const roles = ROLE_KEYS.filter((role) => values[`role.${role}`] !== undefined);
  if (roles.length === 0) throw new InputError([{ name: 'roles', message: '请至少选择一个岗位' }]);
  return roles;
}

/** @throws InputError with each faulty field */
export function parse<Shape extends z.ZodType>(schema: Shape, values: Record<string, string>): z.output<Shape> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({ name: String(path[0] ?? 'form'), message }));
  throw new InputError(faults);
}
