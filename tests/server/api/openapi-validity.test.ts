import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { getDocument } from '#src/server/openapi/document.ts';

it('is an OpenAPI 3.1 document by a validator that is not ours', async () => {
  const document = JSON.parse(JSON.stringify(getDocument('https://trade.example')));
  const validator = new Validator();
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  delete document.info.title;
  expect((await new Validator().validate(document)).valid).toBe(false);
});
