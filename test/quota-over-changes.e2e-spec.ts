import fc from 'fast-check';
import { DateTime } from 'luxon';
import { ACCOUNT_TYPES, type AccountType } from '../src/accounts/account-type';
import { startTestApp, type TestApp } from './support/app';
import { stopClock } from './support/clock';
import { expectStatus, givenMarketer, hello, unique } from './support/given';
import type { Api } from './support/api';
import { tick } from './support/publishing';

/**
 * Accounts that change type and zone as often as they like, against a model which knows only when they published and
 * what they were then. Its calendar is luxon's, which has not seen our periods.
 */
describe('an account that keeps changing', () => {
  let app: TestApp;
  let owner: Api;
  beforeAll(async () => {
    app = await startTestApp();
    owner = (await givenMarketer(app)).api;
  });
  afterAll(() => app.stop());

  it('publishes exactly when no calendar that still counts is full', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 24 }), async (course) => {
        const account = new ChangingAccount(app, owner);
        await account.begin(START);
        for (const step of course) await account.take(step);
        expect(await account.publishedAt()).toEqual(account.publications.map((at) => at.toJSDate()));
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect((await app.admin.get('/admin/quota/check')).body).toMatchObject({ consistent: true });
  });
});

/** Three days before the end of a month in which some of the zones change their clocks. */
const START = '2027-03-26T21:00:00Z';

type Step =
  | { readonly act: 'wait'; readonly quarters: number }
  | { readonly act: 'publish' }
  | { readonly act: 'change'; readonly type: AccountType; readonly timeZone: string };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('wait' as const), quarters: fc.integer({ min: 1, max: 120 }) }),
  },
  { weight: 5, arbitrary: fc.constant({ act: 'publish' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('change' as const),
      type: fc.constantFrom<AccountType>('service', 'subscription'),
      timeZone: fc.constantFrom(
        'Pacific/Kiritimati',
        'Pacific/Pago_Pago',
        'Europe/Madrid',
        'Asia/Beirut',
        'Asia/Kathmandu',
      ),
    }),
  },
);

interface Calendar {
  readonly type: AccountType;
  readonly timeZone: string;
}

class ChangingAccount {
  readonly publications: DateTime[] = [];
  private readonly former: { readonly calendar: Calendar; readonly lastPeriod: string }[] = [];
  private current: Calendar = { type: 'service', timeZone: 'UTC' };
  private now = DateTime.fromISO(START);
  private id = '';

  constructor(
    private readonly app: TestApp,
    private readonly owner: Api,
  ) {}

  async begin(at: string): Promise<void> {
    this.now = DateTime.fromISO(at);
    await stopClock(this.app.database, at);
    const request = { handle: unique('changing'), name: 'Changing', ...this.current };
    this.id = expectStatus(201, await this.owner.post<{ id: string }>('/accounts', request)).body.id;
  }

  async take(step: Step): Promise<void> {
    switch (step.act) {
      case 'wait':
        this.now = this.now.plus({ minutes: 15 * step.quarters });
        await stopClock(this.app.database, this.now.toUTC().toISO() ?? '');
        break;
      case 'publish':
        await this.publish();
        break;
      case 'change':
        await this.change(step);
    }
  }

  async publishedAt(): Promise<Date[]> {
    const sql = `SELECT published_at AS at FROM broadcasts WHERE account_id = $1 AND status = 'published' ORDER BY sequence`;
    return (await this.app.database.query<{ at: Date }[]>(sql, [this.id])).map(({ at }) => at);
  }

  private async publish(): Promise<void> {
    const wish = { content: hello, schedule: { now: true } };
    const { status } = await this.owner.post(`/accounts/${this.id}/broadcasts`, wish);
    expect({ at: this.now.toISO(), status }).toEqual({
      at: this.now.toISO(),
      status: this.mayPublish() ? 201 : 409,
    });
    await tick(this.app);
    if (status === 201) this.publications.push(this.now);
  }

  private async change({ type, timeZone }: Calendar): Promise<void> {
    expectStatus(200, await this.owner.patch(`/accounts/${this.id}`, { type, timeZone }));
    if (type === this.current.type && timeZone === this.current.timeZone) return;
    this.former.push({ calendar: this.current, lastPeriod: labelOf(this.now, this.current) });
    this.current = { type, timeZone };
  }

  private mayPublish(): boolean {
    const counting = this.former.filter(
      ({ calendar, lastPeriod }) => labelOf(this.now, calendar) === lastPeriod,
    );
    return [...counting.map(({ calendar }) => calendar), this.current].every((calendar) => {
      const label = labelOf(this.now, calendar);
      const published = this.publications.filter((at) => labelOf(at, calendar) === label).length;
      return published < ACCOUNT_TYPES[calendar.type].allowance;
    });
  }
}

function labelOf(instant: DateTime, { type, timeZone }: Calendar): string {
  return instant.setZone(timeZone).toFormat(type === 'service' ? 'yyyy-MM' : 'yyyy-MM-dd');
}
