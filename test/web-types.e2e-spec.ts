import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApi } from '../src/http/openapi';
import { startTestApp, type TestApp } from './support/app';

const ROOT = join(__dirname, '..');
const FILE = join(ROOT, 'web/src/api/schema.d.ts');
const GENERATOR = join(ROOT, 'node_modules/openapi-typescript/bin/cli.js');

describe("the pages' types of the API", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  it('are those of the OpenAPI document; `npm run web:types` writes them anew', async () => {
    const types = await typesOf(withOneRefusal(buildOpenApi(test.app)));
    if (process.env.WEB_TYPES === 'write') await writeFile(FILE, types);
    expect(await readFile(FILE, 'utf8')).toBe(types);
  });
});

/** The generator is made of ES modules, which Jest on Node 20 cannot load: it runs as a process of its own. */
function typesOf(document: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, types: string) => {
      if (error) reject(error);
      else resolve(types);
    };
    const generator = execFile(process.execPath, [GENERATOR, '--alphabetize'], { maxBuffer: 1 << 24 }, done);
    generator.stdin?.end(JSON.stringify(document));
  });
}

/** Every refusal is the same problem document: said once an operation and not once a status, it is a quarter of the lines. */
function withOneRefusal(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, { responses: Record<string, object> }>)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        if (!('content' in response) || !('application/problem+json' in (response.content as object)))
          continue;
        operation.responses.default = { ...response, description: 'Refused' };
        Reflect.deleteProperty(operation.responses, status);
      }
    }
  }
  return document;
}
