/**
 * What OCDS 1.1 (reference and codelists at https://standard.open-contracting.org/1.1/en/) and its lots and bids
 * extensions demand of the fields that the portal publishes, as JSON Schema draft 4. Stricter than the official schema in
 * one thing: a field that is not named here is an error, so that a misspelt one is found without the official files.
 */
type Schema = Record<string, unknown>;

const text: Schema = { type: 'string', minLength: 1 };
const uri: Schema = { type: 'string', format: 'uri' };
const date: Schema = { type: 'string', format: 'date-time' };
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
const list = (items: Schema): Schema => ({ type: 'array', items, minItems: 1, uniqueItems: true });
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

function object(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    ...(Object.keys(required).length > 0 ? { required: Object.keys(required) } : {}),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

const documents = list(ref('Document'));
const relatedLots = list(text);

const definitions: Record<string, Schema> = {
  Value: object({ amount: { type: 'number' }, currency: oneOf('CNY') }),
  Period: object({}, { startDate: date, endDate: date }),
  OrganizationReference: object({ id: text, name: text }),
  Organization: object(
    {
      id: text,
      name: text,
      roles: list(
        oneOf(
          'buyer',
          'procuringEntity',
          'supplier',
          'tenderer',
          'funder',
          'enquirer',
          'payer',
          'payee',
          'reviewBody',
          'interestedParty',
        ),
      ),
    },
    { identifier: object({ scheme: text, id: text, legalName: text }, { uri }) },
  ),
  Document: object(
    { id: text, title: text },
    { documentType: text, url: uri, datePublished: date, dateModified: date, format: text, language: text },
  ),
  Amendment: object({ id: text, date, description: text, releaseID: text }),
  Lot: object({ id: text }, { title: text, value: ref('Value') }),
  Planning: object({}, { budget: object({ amount: ref('Value') }), documents }),
  Tender: object(
    { id: text },
    {
      title: text,
      status: { enum: ['planning', 'planned', 'active', 'cancelled', 'unsuccessful', 'complete', 'withdrawn', null] },
      procuringEntity: ref('OrganizationReference'),
      value: ref('Value'),
      procurementMethod: oneOf('open', 'selective', 'limited', 'direct'),
      procurementMethodDetails: text,
      tenderPeriod: ref('Period'),
      enquiryPeriod: ref('Period'),
      lots: list(ref('Lot')),
      documents,
      amendments: list(ref('Amendment')),
    },
  ),
  Bid: object(
    { id: text, status: oneOf('invited', 'pending', 'valid', 'disqualified', 'withdrawn') },
    { tenderers: list(ref('OrganizationReference')), value: ref('Value'), relatedLots },
  ),
  Award: object(
    { id: text, status: oneOf('pending', 'active', 'cancelled', 'unsuccessful') },
    { date, value: ref('Value'), suppliers: list(ref('OrganizationReference')), relatedLots, documents },
  ),
  Contract: object(
    { id: text, awardID: text, status: oneOf('pending', 'active', 'cancelled', 'terminated') },
    { value: ref('Value'), dateSigned: date, documents, implementation: object({ documents }) },
  ),
  Release: object(
    {
      ocid: text,
      // The number sign is reserved for references to releases inside packages.
      id: { type: 'string', pattern: '^[^#]+$' },
      date,
      tag: list(
        oneOf(
          'planning',
          'planningUpdate',
          'tender',
          'tenderAmendment',
          'tenderUpdate',
          'tenderCancellation',
          'award',
          'awardUpdate',
          'awardCancellation',
          'contract',
          'contractUpdate',
          'contractAmendment',
          'implementation',
          'implementationUpdate',
          'contractTermination',
          'compiled',
        ),
      ),
      initiationType: oneOf('tender'),
    },
    {
      language: text,
      parties: list(ref('Organization')),
      buyer: ref('OrganizationReference'),
      planning: ref('Planning'),
      tender: ref('Tender'),
      bids: object({ details: list(ref('Bid')) }),
      awards: list(ref('Award')),
      contracts: list(ref('Contract')),
    },
  ),
};

const metadata: Record<string, Schema> = {
  uri,
  version: { type: 'string', pattern: '^(\\d+\\.)(\\d+)$' },
  publishedDate: date,
  publisher: object({ name: text }, { uri }),
};
const optionalMetadata: Record<string, Schema> = { extensions: list(uri), license: uri, publicationPolicy: uri };

export const RELEASE_PACKAGE: Schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  ...object(
    { ...metadata, releases: list(ref('Release')) },
    { ...optionalMetadata, links: object({}, { next: uri, prev: uri }) },
  ),
  definitions,
};

export const RECORD_PACKAGE: Schema = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  ...object(
    {
      ...metadata,
      records: list(object({ ocid: text, releases: list(ref('Release')) }, { compiledRelease: ref('Release') })),
    },
    optionalMetadata,
  ),
  definitions,
};
