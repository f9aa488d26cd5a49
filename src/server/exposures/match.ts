import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { InputError } from '#src/domain/errors.ts';
import type { MatchResult } from '#src/domain/exposures/views.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { type ParametersOf, type ParameterTable, toQuerySchema } from '#src/domain/notices/filter-definition.ts';
import { displayName, nameKey } from '#src/domain/organizations/name-key.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { parseParameters } from '../parameters.ts';
import { type FoundExposure, findByIdentity, findByName } from './find.ts';
import { type Identity, identitiesOfName, identityOfCode } from './identity.ts';
import { toExposureSummary } from './row.ts';

/** What to look up: a name, a unified social credit code, or both. */
export const MATCH_PARAMETERS = {
  name: {
    schema: z
      .string()
      .trim()
      .max(200, { error: '最多 200 个字' })
      .refine((name) => nameKey(name) !== '', { error: '不是名称' }),
    label: '单位名称',
    note: '全称；空格、括号、全角、繁体和形近字符不影响结果。只凭名称的结果都标为未核实',
    example: '示例建设有限公司',
  },
  code: {
    schema: z
      .string()
      .trim()
      .max(40, { error: '不是统一社会信用代码' })
      .refine((code) => isUscc(normaliseUscc(code)), { error: '统一社会信用代码校验不通过' }),
    label: '统一社会信用代码',
    note: '校验位须正确',
    example: '91370800000000000X',
  },
} as const satisfies ParameterTable;

export const matchQuerySchema = toQuerySchema(MATCH_PARAMETERS);
export type MatchQuery = ParametersOf<typeof MATCH_PARAMETERS>;

/** The query of a look-up. @throws InputError when it names nothing, or something that is no name or no code. */
export function parseMatchQuery(parameters: URLSearchParams): MatchQuery {
  const query = parseParameters(matchQuerySchema, parameters);
  if (!query.name && !query.code) throw new InputError([{ name: 'name', message: '请给出名称（name）或代码（code）' }]);
  return query;
}

/**
 * Is somebody on the board or the blacklist at this instant? A code is certain; a name alone never is. With both, entries that
 * carry another code are about another organization.
 */
export function matchExposures(db: Db, query: MatchQuery, now: Instant = new Date().toISOString()): MatchResult {
  const { name, code } = query;
  const key = name ? nameKey(name) : '';
  const identities = code ? [identityOfCode(db, code)] : identitiesOfName(db, name ?? '');
  const found = code ? findByCodeAndName(db, identities, key, now) : findByName(db, key, identities, now);
  const names = [...(name ? [displayName(name)] : []), ...identities.flatMap((identity) => identity.names)];
  return {
    listed: found.length > 0,
    matches: found.map(({ row, matched }) => ({ ...toExposureSummary(row, now), matched })),
    names: [...new Set(names)],
    asOf: now,
  };
}

function findByCodeAndName(db: Db, identities: readonly Identity[], key: string, now: Instant): FoundExposure[] {
  return identities.flatMap((identity) => {
    const keys = key && !identity.keys.includes(key) ? [...identity.keys, key] : identity.keys;
    return findByIdentity(db, { ...identity, keys }, now);
  });
}
