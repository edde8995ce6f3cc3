import { requirePlainUtf8 } from './body-coding';

const json = (parameters: string) => ({ 'content-type': `application/json${parameters}` });

describe('a body', () => {
  it.each([
    {},
    json(''),
    json('; charset=utf-8'),
    json(';charset="UTF-8"'),
    json('; charset=utf8'),
    json('; charset=US-ASCII'),
    json('; version=2'),
    { 'content-encoding': 'identity' },
    { 'content-encoding': '' },
  ])('is read when it is announced as %j', (headers) => {
    expect(() => {
      requirePlainUtf8(headers);
    }).not.toThrow();
  });

  it.each([
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'identity, br' },
    { 'content-encoding': 'x-anything' },
    json('; charset=latin1'),
    json('; charset=utf-16le'),
    json('; version=2; charset="windows-1252"'),
  ])('is refused when it is announced as %j', (headers) => {
    expect(() => {
      requirePlainUtf8(headers);
    }).toThrow(expect.objectContaining({ code: 'unsupported-media-type' }) as Error);
  });
});
