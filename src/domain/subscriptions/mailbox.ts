/** Providers at which several spellings are one mailbox: other domains of theirs, and what does not count in a name. */
const PROVIDERS: Record<string, { domain: string; ignored?: RegExp }> = {
  'gmail.com': { domain: 'gmail.com', ignored: /\./g },
  'googlemail.com': { domain: 'gmail.com', ignored: /\./g },
  'proton.me': { domain: 'proton.me', ignored: /[._-]/g },
  'protonmail.com': { domain: 'proton.me', ignored: /[._-]/g },
  'pm.me': { domain: 'proton.me', ignored: /[._-]/g },
  'icloud.com': { domain: 'icloud.com' },
  'me.com': { domain: 'icloud.com' },
  'mac.com': { domain: 'icloud.com' },
};

/** Providers where everybody has a mailbox: many addresses of one of these domains are many people. */
const PUBLIC_PROVIDERS: ReadonlySet<string> = new Set([
  ...Object.values(PROVIDERS).map(({ domain }) => domain),
  'qq.com',
  'foxmail.com',
  '163.com',
  '126.com',
  'yeah.net',
  '139.com',
  '189.cn',
  'wo.cn',
  'sina.com',
  'sina.cn',
  'sohu.com',
  'aliyun.com',
  '21cn.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
]);

/** A mailbox, however its address is spelt. */
export interface Mailbox {
  name: string;
  /** In lower case; names of other scripts in ASCII (RFC 5890). */
  domain: string;
  /** Whether the domain belongs to one organization, whose server may put all its addresses into one mailbox. */
  isPrivate: boolean;
}

/**
 * The mailbox that a mail address leads to. Case does not count, nor does what follows a plus sign (RFC 5233), nor what the
 * provider ignores. Two mailboxes may seem to be one by this; it serves to count mails, never to send any.
 */
export function toMailbox(address: string): Mailbox {
  const text = address.normalize('NFKC').trim();
  const at = text.lastIndexOf('@');
  const written = toAsciiDomain(text.slice(at + 1));
  const { domain, ignored } = PROVIDERS[written] ?? { domain: written };
  const full = text.slice(0, Math.max(at, 0)).toLowerCase();
  const base = full.replace(/(?<=.)\+.*$/s, '');
  const name = (ignored && base.replace(ignored, '')) || base;
  return { name, domain, isPrivate: !PUBLIC_PROVIDERS.has(domain) };
}

function toAsciiDomain(domain: string): string {
  const address = `http://${domain}/`;
  const host = URL.canParse(address) ? new URL(address).hostname : domain.toLowerCase();
  return host.replace(/\.$/, '');
}
