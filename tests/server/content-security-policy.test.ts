import { expect, it } from 'vitest';
import { toContentSecurityPolicy } from '#src/server/http-server/content-security-policy.ts';

const build = {
  directives: ["default-src 'none'", "base-uri 'none'"],
  scriptDirective: { hashes: ['sha256-AAA=', 'sha256-BBB='] },
  styleDirective: { hashes: ['sha256-CCC='] },
};

it('allows our own files and what the build has hashed, and nothing inline besides', () => {
  expect(toContentSecurityPolicy(build)).toBe(
    "default-src 'none'; base-uri 'none'; script-src 'self' 'sha256-AAA=' 'sha256-BBB='; style-src 'self' 'sha256-CCC='",
  );
});

it('does not start without a policy, or with one that it cannot write', () => {
  expect(() => toContentSecurityPolicy(undefined)).toThrow(/without a content security policy/);
  const unknown = { ...build, scriptDirective: { hashes: [{ hash: 'sha256-AAA=', kind: 'element' }] } };
  expect(() => toContentSecurityPolicy(unknown)).toThrow(/not plain text/);
});
