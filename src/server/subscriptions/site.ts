import { PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { getConfig } from '../config.ts';
import type { FormRules } from './form.ts';
import { loadTokenKey } from './tokens.ts';

/** True when the site can send mail. */
export function offersMail(): boolean {
  const { SMTP_URL, MAIL_FROM } = getConfig();
  return SMTP_URL !== undefined && MAIL_FROM !== undefined;
}

/** What this site takes in its subscription form. */
export const formRules = (): FormRules => ({
  offersMail: offersMail(),
  allowed: new PrivateHosts(getConfig().WEBHOOK_ALLOW_PRIVATE),
});

/** The key of this site's tokens. */
export const tokenKey = (): Buffer => loadTokenKey(getConfig().DATA_DIR);
