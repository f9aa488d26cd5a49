import type { Client } from '#src/staff/sessions.ts';

/** Where a request comes from, as far as it is kept. @param address the whole client address; '' at the machine itself */
export const toClient = (address: string, agent: string): Client => ({
  address: maskAddress(address),
  agent: nameAgent(agent),
});

/** Without the last part: enough to know one's own office by. */
function maskAddress(address: string): string {
  if (address === '') return '本机';
  const parts = address.split('.');
  return parts.length === 4 ? `${parts.slice(0, 3).join('.')}.*` : `${address.split(':').slice(0, 3).join(':')}:*`;
}

const AGENTS = [
  [/Edg\//, 'Edge'],
  [/QQBrowser\//, 'QQ 浏览器'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/Android/, '安卓'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** Browser and system, as its owner knows them. */
function nameAgent(agent: string): string {
  const find = (names: readonly (readonly [RegExp, string])[]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  return [find(AGENTS) ?? '其他浏览器', find(SYSTEMS)].filter(Boolean).join(' · ');
}
