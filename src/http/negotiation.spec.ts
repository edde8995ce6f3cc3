import { preferredType } from './negotiation';

const JSON_TYPE = 'application/json';
const CSV = 'text/csv';

describe('the content type of an answer', () => {
  it.each<[string | undefined, string]>([
    [undefined, JSON_TYPE],
    ['', JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['text/csv', CSV],
    ['TEXT/CSV', CSV],
    ['text/*', CSV],
    ['text/csv; charset=utf-8', CSV],
    ['text/csv, */*', CSV],
    ['text/csv, */*;q=0.1', CSV],
    ['text/csv;q=0.5, application/json;q=0.4', CSV],
    ['application/json, text/csv;q=0.1', JSON_TYPE],
    ['text/csv;q=0.1, application/json', JSON_TYPE],
    ['text/csv;q=0, application/json', JSON_TYPE],
    ['text/csv;q=0', JSON_TYPE],
    ['text/csv;q=0, */*', JSON_TYPE],
    ['*/*, application/json;q=0', CSV],
    ['application/*;q=0.2, text/*;q=0.1', JSON_TYPE],
    ['text/html', JSON_TYPE],
    ['x-text/csv-like', JSON_TYPE],
    ['nonsense', JSON_TYPE],
  ])('for Accept: %s is %s', (accept, type) => {
    expect(preferredType(accept, [JSON_TYPE, CSV])).toBe(type);
  });
});
