import { isReservedHandle } from '../src/accounts/reserved-handles';
import { buildOpenApi } from '../src/http/openapi';
import { startTestApp, type TestApp } from './support/app';

describe('the paths that this server serves', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  it('are no handles that a brand could take, at their first step', () => {
    const steps = Object.keys(buildOpenApi(test.app).paths).flatMap(
      (path) => path.replace(/^\/v1\//, '/').split('/')[1] ?? [],
    );
    const names = [...new Set([...steps, 'docs', 'assets', 'inbox', 'v1'])].filter((name) =>
      /^[a-z0-9-]+$/.test(name),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !isReservedHandle(name))).toEqual([]);
  });
});
