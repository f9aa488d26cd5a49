import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '#src/domain/errors.ts';
import { EXPOSURE_FILTERS, exposureFilterSchema } from '#src/domain/exposures/filter.ts';
import type { ParameterTable } from '#src/domain/notices/filter-definition.ts';
import { NOTICE_FILTERS } from '#src/domain/notices/notice-filter.ts';
import {
  AWARD_FILTERS,
  awardFilterSchema,
  ORGANIZATION_FILTERS,
  organizationFilterSchema,
} from '#src/domain/organizations/filter.ts';
import { describeFaults, toAskedForm } from '#src/domain/site/asked-form.ts';
import { parseNoticeFilter } from '#src/server/notices/parse-filter.ts';
import { parseParameters } from '#src/server/parameters.ts';

/** Every form that asks by address: where it leads, what it takes, what reads it. */
const FORMS: readonly [path: string, table: ParameterTable, parse: (asked: URLSearchParams) => unknown][] = [
  ['/notices', NOTICE_FILTERS, parseNoticeFilter],
  ['/notices/land', NOTICE_FILTERS, parseNoticeFilter],
  ['/search', NOTICE_FILTERS, parseNoticeFilter],
  ['/county/qufu/notices', NOTICE_FILTERS, parseNoticeFilter],
  ['/subscribe', NOTICE_FILTERS, parseNoticeFilter],
  ['/exposure', EXPOSURE_FILTERS, (asked) => parseParameters(exposureFilterSchema, asked)],
  ['/blacklist', EXPOSURE_FILTERS, (asked) => parseParameters(exposureFilterSchema, asked)],
  ['/companies', ORGANIZATION_FILTERS, (asked) => parseParameters(organizationFilterSchema, asked)],
  ['/company/abcdefghijkl', AWARD_FILTERS, (asked) => parseParameters(awardFilterSchema, asked)],
];
const faultsOf = (parse: (asked: URLSearchParams) => unknown, asked: URLSearchParams) => {
  try {
    parse(asked);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.fields;
    throw error;
  }
};
/** Names and values that only programs know. */
const INTERNAL =
  /\b(?:county|category|stage|status|misconduct|subject|role|board|sort|cursor|limit|from|to|min|max|buyer|supplier|agency|project|partner|published|relevance|exposure|blacklist)\b/;
const BAD = '\u200b不存在的<值>'.repeat(400);

describe.each(FORMS)('the form that leads to %s', (path, table, parse) => {
  it('says of every field what is wrong with it, beside it, in its own words, with everything kept', () => {
    for (const name of Object.keys(table)) {
      const asked = new URL(`https://portal.example${path}`);
      for (const [other, { example }] of Object.entries(table)) asked.searchParams.set(other, String(example));
      asked.searchParams.set(name, BAD);
      const form = toAskedForm(asked, faultsOf(parse, asked.searchParams));
      if (name === 'cursor' || name === 'limit') {
        expect(form?.others, name).not.toEqual([]);
        continue;
      }
      const field = form?.fields.find((each) => each.name === name);
      expect(field?.fault, name).toBeTruthy();
      expect(field?.value, name).toBe(BAD);
      for (const each of form?.fields ?? [])
        expect(each.value).toBe(each.name === name ? BAD : String(table[each.name]?.example));
      expect(form?.fields.length, name).toBe(
        Object.keys(table).filter((each) => !['cursor', 'limit'].includes(each)).length,
      );
    }
  });

  it('shows nothing internal, whatever is asked', () => {
    const value = fc.oneof(fc.constant(BAD), fc.string(), fc.constantFrom('2026-02-30', '-1', '', '\u0000', '1e9'));
    const query = fc.dictionary(fc.constantFrom(...Object.keys(table)), value);
    fc.assert(
      fc.property(query, (values) => {
        const asked = new URL(`https://portal.example${path}`);
        for (const [name, text] of Object.entries(values)) asked.searchParams.append(name, text);
        const form = toAskedForm(asked, faultsOf(parse, asked.searchParams));
        for (const text of [
          ...(form?.others ?? []),
          ...(form?.fields ?? []).flatMap(({ label, fault }) => [label, fault ?? '']),
        ])
          expect(text).not.toMatch(INTERNAL);
      }),
      { numRuns: 100 },
    );
  });

  it('is none where nothing is wrong with the address', () => {
    const asked = new URL(`https://portal.example${path}`);
    expect(toAskedForm(asked, [{ name: '表单', message: '内容不完整' }])).toBeUndefined();
  });

  it('says that a condition is not one of its own', () => {
    const asked = new URL(`https://portal.example${path}?categry=land`);
    expect(toAskedForm(asked, faultsOf(parse, asked.searchParams))?.others).toEqual([
      '地址中的“categry”不是本页的条件，已经略去',
    ]);
  });
});

describe('what is wrong with an address without a form', () => {
  it('is told by the names that readers know', () => {
    const faults = ['year', 'county', 'foo', '表单', 'form'].map((name) => ({ name, message: '有误' }));
    expect(describeFaults(faults)).toMatch(/^年份：有误；[^a-z]+；地址中的“foo”：有误；表单：有误；有误$/);
  });
});
