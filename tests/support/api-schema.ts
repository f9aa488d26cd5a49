import { z } from 'zod';
import { getDocument } from '#src/server/openapi/document.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const COMPONENTS = '#/components/schemas/';

/** The same schema with local references, and with objects that take no other fields than they name. */
function toStrict(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(toStrict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, Json] =>
    key === '$ref' ? [key, String(value).replace(COMPONENTS, '#/$defs/')] : [key, toStrict(value)],
  );
  const closed: [string, Json][] =
    schema.type === 'object' && schema.properties ? [['additionalProperties', false]] : [];
  return Object.fromEntries([...entries, ...closed]);
}

const validators = new Map<string, z.ZodType>();

/**
 * A validator made of a component of the published document, not of our own schemas: what holds here holds for every
 * client. It refuses fields that the document does not name.
 */
export function documentedSchema(component: string): z.ZodType {
  const known = validators.get(component);
  if (known) return known;
  const { schemas } = getDocument('http://portal.example').components;
  const $defs = toStrict(JSON.parse(JSON.stringify(schemas)) as Json);
  const validator = z.fromJSONSchema({ $ref: `#/$defs/${component}`, $defs } as Parameters<typeof z.fromJSONSchema>[0]);
  validators.set(component, validator);
  return validator;
}
