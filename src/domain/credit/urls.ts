/** The credit files 招投标信用档案: what they are, and that of one organization. */
export const creditUrl = (organizationId?: string): string =>
  organizationId === undefined ? '/credit' : `/company/${organizationId}/credit`;
