import { formOf } from '../../../src/audience/upload-type';
import { contentTypeOf } from './import-type';

describe('the content type of a file of followers', () => {
  it.each([
    ['followers.csv', 'csv'],
    ['Followers 2026.CSV', 'csv'],
    ['followers.tsv', 'csv'],
    ['followers.txt', 'csv'],
    ['followers.ndjson', 'ndjson'],
    ['followers.jsonl', 'ndjson'],
    ['followers.xlsx', 'unknown'],
    ['followers.csv.gz', 'unknown'],
    ['followers', 'unknown'],
  ])('of the name %s is one that the API reads as %s', (name, form) => {
    expect(formOf(contentTypeOf(name))).toEqual({ form });
  });
});
