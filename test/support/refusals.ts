/** What a page gets to see when it asks too often, for stories of what goes wrong: `route.fulfill(TOO_MANY)`. */
export const TOO_MANY = {
  status: 429,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    type: '/problems/too-many-requests',
    title: 'Too many requests',
    status: 429,
    detail: 'Ask less often.',
    instance: 'urn:request:story',
  }),
};
