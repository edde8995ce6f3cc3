import fc from 'fast-check';
import { carryOut, TakenStep } from './model/taken-step';
import { expectRightAudiences, judge } from './model/judge';
import { Model } from './model/model';
import { Platform } from './model/platform';
import { REGRESSIONS } from './model/regressions';
import type { Scene } from './model/scene';
import { steps, worlds, type World } from './model/steps';
import { Journal } from './rig/journal';
import { seedOf } from './rig/seed';
import { size } from './rig/size';

const RUNS = size(20, 300);
const STEPS = size(20, 40);

/**
 * The platform against a model of its contract: whatever is asked, in whatever order and at whatever time, both answer
 * alike, and afterwards the same is there.
 */
describe('whatever is done to it, the platform', () => {
  const journal = new Journal('model', seedOf('model'));
  let platform: Platform;
  beforeAll(async () => {
    platform = await Platform.start();
  });
  afterAll(async () => {
    journal.print();
    await platform.stop();
  });

  it.each(REGRESSIONS)('keeps to it that $why', async ({ world, steps: kept }) => {
    await run(
      world,
      kept.map((step) => new TakenStep(step, journal)),
    );
    journal.checked('kept runs');
  });

  it('does what the model does', async () => {
    const commands = fc.commands([steps(size(0, 1)).map((step) => new TakenStep(step, journal))], {
      maxCommands: 2 * STEPS, // as many as that on average
      size: 'max',
    });
    await fc.assert(fc.asyncProperty(worlds, commands, run), {
      seed: journal.seed,
      numRuns: RUNS,
    });
    expect((await platform.asked().admin.get('/admin/quota/check')).body).toMatchObject({
      consistent: true,
    });
  });

  async function run(world: World, commands: Iterable<fc.AsyncCommand<Model, Scene>>): Promise<void> {
    const scene = await platform.begin(world);
    const model = Model.begin(world, scene.accounts);
    await fc.asyncModelRun(() => ({ model, real: scene }), commands);
    const accounts = [...scene.accounts.keys()];
    for (const account of accounts) await carryOut({ do: 'close', account }, model, scene);
    await judge(model, scene, { accounts, broadcasts: true, inboxes: true });
    await expectRightAudiences(model, scene);
    journal.did('runs');
  }
});
