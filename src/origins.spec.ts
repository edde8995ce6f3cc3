import { readOrigins } from './origins';

describe('origins', () => {
  it.each([
    ['https://app.example', 'https://app.example'],
    ['https://app.example/', 'https://app.example'],
    ['https://APP.example', 'https://app.example'],
    ['HTTPS://app.example', 'https://app.example'],
    ['https://app.example:443', 'https://app.example'],
    ['http://app.example:80', 'http://app.example'],
    ['http://localhost:8100', 'http://localhost:8100'],
    ['http://[::1]:8100', 'http://[::1]:8100'],
    ['https://bäckerei.example', 'https://xn--bckerei-5wa.example'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['Capacitor://localhost/', 'capacitor://localhost'],
    ['ionic://localhost', 'ionic://localhost'],
    ['tauri://localhost', 'tauri://localhost'],
    ['app://.', 'app://.'],
    ['app://fanfare.example:1234', 'app://fanfare.example:1234'],
    ['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
  ])('%s is %s', (text, origin) => {
    expect(readOrigins(text, false)).toEqual({ origins: [origin], complaints: [] });
  });

  it.each([
    ['null', 'sandboxes all call themselves "null"'],
    ['file://', 'call themselves "null"'],
    ['file:///app/index.html', 'call themselves "null"'],
    ['https://app.example/path', 'without a path'],
    ['https://app.example?x', 'without a path'],
    ['https://fan:sesame@app.example', 'without a path'],
    ['app.example', 'must be origins like'],
    ['localhost:3000', 'must be origins like'],
    ['https://*.example', 'must be origins like'],
    ['https://', 'must be origins like'],
    ['https://a b', 'must be origins like'],
    ['https://app.example:99999', 'has no host that can be read'],
    ['https://a.example,,https://b.example', 'empty item'],
    ['*', 'name each origin'],
  ])('%s is refused in words', (text, words) => {
    const { complaints } = readOrigins(text, false);
    expect(complaints).toEqual([expect.stringContaining(words)]);
    expect(complaints.join()).not.toContain('sesame');
  });

  it('are a list, without repeats, and of all where that is allowed', () => {
    expect(readOrigins('https://a.example, capacitor://localhost,https://a.example/', true).origins).toEqual([
      'https://a.example',
      'capacitor://localhost',
    ]);
    expect(readOrigins('*', true)).toEqual({ origins: ['*'], complaints: [] });
    expect(readOrigins(' ', true)).toEqual({ origins: [], complaints: [] });
  });
});
