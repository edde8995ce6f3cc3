import type { AsyncCommand } from 'fast-check';
import type { Answer } from '../../support/api';
import type { Journal } from '../rig/journal';
import type { Act } from './acts';
import { judge, type Touched } from './judge';
import { refused, type Expected } from './expected';
import type { Model } from './model';
import { instantOf, resolve } from './resolve';
import type { Scene } from './scene';
import type { Asked, Moment, Step } from './steps';

/** A step of a run, taken by the model and by the platform alike, and judged. */
export class TakenStep implements AsyncCommand<Model, Scene> {
  constructor(
    private readonly step: Step,
    private readonly journal: Journal,
  ) {}

  check(model: Readonly<Model>): boolean {
    const { step } = this;
    if (step.do === 'wait' || step.do === 'restart' || step.do === 'publish') return true;
    return resolve(step.do === 'crash' ? step.during : step, model) !== undefined;
  }

  async run(model: Model, scene: Scene): Promise<void> {
    await this.take(model, scene);
    // Whatever comes next comes later.
    await waitUntil(model.now + 1, model, scene);
    this.journal.did('steps');
  }

  /** As it can be copied into the list of regressions. */
  toString(): string {
    return JSON.stringify(this.step);
  }

  private async take(model: Model, scene: Scene): Promise<void> {
    const { step } = this;
    switch (step.do) {
      case 'wait':
        return waitUntil(aimOf(step, model), model, scene);
      case 'restart':
        this.journal.did('restarts');
        return scene.platform.restart();
      case 'publish':
        await this.ask(
          { do: 'create', account: step.account, when: { now: true }, keyed: false },
          model,
          scene,
        );
        return this.ask({ do: 'tick' }, model, scene);
      case 'crash':
        return this.ask(step.during, model, scene, step.at);
      default:
        return this.ask(step, model, scene);
    }
  }

  private async ask(asked: Asked, model: Model, scene: Scene, crash?: Moment): Promise<void> {
    const act = resolve(asked, model);
    if (!act) return;
    if (crash !== undefined && writes(act, model)) {
      await beCutOff(act, crash, scene);
      this.journal.did('crashes');
    } else {
      const { status } = await carryOut(act, model, scene);
      this.journal.did(act.do === 'tick' ? 'ticks' : 'requests');
      this.journal.checked(status < 300 ? 'acceptances' : 'refusals');
    }
    if (act.do === 'create' && act.key !== undefined) model.account(act.account).lastKeyed = act;
    const touched = touchedBy(act, scene);
    await judge(model, scene, touched);
    this.journal.checked('states', touched.accounts.length);
  }
}

/** Both answer, and alike. */
export async function carryOut(act: Act, model: Model, scene: Scene): Promise<Expected> {
  const expected = model.answer(act);
  const answer = await scene.send(act);
  expectAnswer(answer, expected);
  if (act.do === 'create' && answer.status === 201) model.learn(act, answer.body as { id: string });
  return expected;
}

/** The connection is lost in mid-transaction: whoever asked is told so, and nothing has happened. */
async function beCutOff(act: Act, moment: Moment, scene: Scene): Promise<void> {
  const answer = await scene.platform.crashing(moment, () => scene.send(act));
  if (act.do === 'tick') return;
  expectAnswer(answer, refused('database-unavailable'));
}

function expectAnswer({ status, body }: Answer, expected: Expected): void {
  expect({ status, body }).toMatchObject(expected);
}

/** Whether it comes so far as to write anything that the audit log tells. */
function writes(act: Act, model: Model): boolean {
  const attempt = model.clone();
  attempt.answer(act);
  return attempt.state.entries > model.state.entries;
}

function touchedBy(act: Act, scene: Scene): Touched {
  if (act.do === 'tick') return { accounts: [...scene.accounts.keys()], broadcasts: true, inboxes: true };
  const isFollow = act.do === 'follow' || act.do === 'unfollow';
  return { accounts: [act.account], broadcasts: !isFollow, inboxes: isFollow || act.do === 'recall' };
}

function aimOf(step: Step & { readonly do: 'wait' }, model: Model): number {
  if ('until' in step) return instantOf(step.until, model.account(step.account), model.now);
  const ahead = model.state.accounts
    .flatMap(({ broadcasts }) => broadcasts)
    .flatMap(({ status, scheduledAt }) =>
      status === 'scheduled' && scheduledAt !== null ? [scheduledAt] : [],
    );
  return ahead.length === 0 ? model.now : Math.min(...ahead) + step.due;
}

/** Never backwards. */
async function waitUntil(instant: number, model: Model, scene: Scene): Promise<void> {
  if (instant <= model.now) return;
  model.state.now = instant;
  await scene.platform.setClock(instant);
}
