/** The header in which the HTTP server tells pages of the console who asks. From outside it never comes. */
export const CLIENT_HEADER = 'x-tongming-client';
