/** What Astro's build knows about the scripts and styles of pages. Entries of another kind than plain text are not used. */
interface BuildContentSecurityPolicy {
  directives: readonly string[];
  scriptDirective: { hashes: readonly unknown[] };
  styleDirective: { hashes: readonly unknown[] };
}

/**
 * The content security policy of pages: the directives of `astro.config.mjs`, and of scripts and styles our own files
 * and the inline ones that the build has hashed. The same for every page.
 * @throws Error when the build was made without a policy, or with hashes in a form that this does not know.
 */
export function toContentSecurityPolicy(csp: BuildContentSecurityPolicy | undefined): string {
  if (!csp) throw new Error('the site was built without a content security policy');
  return [
    ...csp.directives,
    `script-src 'self' ${quote(csp.scriptDirective.hashes)}`,
    `style-src 'self' ${quote(csp.styleDirective.hashes)}`,
  ].join('; ');
}

function quote(hashes: readonly unknown[]): string {
  if (!hashes.every((hash) => typeof hash === 'string')) throw new Error('a hash of the build is not plain text');
  return hashes.map((hash) => `'${hash}'`).join(' ');
}
