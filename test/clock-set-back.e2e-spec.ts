import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { countOf, givenManyScheduled } from './support/publishing';

/** Timers go by another clock, which nobody sets. */
const ALL_BUT_THE_DATE = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

describe('a machine whose clock is set back by an hour', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ scheduler: true });
  });
  afterAll(() => test.stop());
  afterEach(() => {
    jest.useRealTimers();
  });

  it('goes on publishing, by the clock of the database', async () => {
    const publishSome = async () => {
      const ids = await givenManyScheduled(
        test.database,
        3,
        new Date(performance.timeOrigin + performance.now()).toISOString(),
      );
      await eventually(async () => (await countOf(test.database, ids, 'published')) === 3, { seconds: 8 });
    };
    await publishSome();
    const back = Date.now() - 3_600_000;
    jest.useFakeTimers({ now: back, advanceTimers: true, doNotFake: ALL_BUT_THE_DATE });
    await publishSome();
    await publishSome();
  });
});
