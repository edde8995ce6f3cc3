import type { Act, ChangeAct, CreateAct, GrantAct } from './acts';
import { DAY, iso, periodAt, type Calendar } from './calendar';
import { refused, type Expected } from './expected';
import { Lives, scheduledOf } from './lives';
import { allowanceOf, currentTerm, FURTHEST, type Held } from './quota';
import type { AccountState, ModelState } from './state';
import type { World } from './steps';

/** The platform as its contract has it: no database, no time that passes by itself, one thing after another. */
export class Model {
  private readonly lives: Lives;

  constructor(readonly state: ModelState) {
    this.lives = new Lives(state);
  }

  /** @param ids of the accounts, as the platform has given them */
  static begin({ start, accounts }: World, ids: readonly string[]): Model {
    const states = accounts.map(({ type, timeZone, queues }, number) => ({
      ...{ id: ids[number] ?? '', status: 'active' as const, queues },
      terms: [{ type, timeZone, number: 1, countsUntil: null }],
      ...{ grants: [], broadcasts: [], follows: [], answered: {} },
    }));
    return new Model({ now: Date.parse(start), accounts: states, sequence: 0, entries: 0 });
  }

  get now(): number {
    return this.state.now;
  }

  account(number: number): AccountState {
    return this.state.accounts[number] as AccountState;
  }

  clone(): Model {
    return new Model(structuredClone(this.state));
  }

  /** Does what is asked, or refuses it. */
  answer(act: Act): Expected {
    if (act.do === 'tick') {
      this.lives.tick();
      return { status: 200 };
    }
    const account = this.account(act.account);
    switch (act.do) {
      case 'create':
        return this.lives.create(account, act);
      case 'schedule':
        return this.lives.schedule(account, act);
      case 'edit':
        return this.lives.edit(account, act);
      case 'cancel':
      case 'recall':
      case 'discard':
        return this.lives[act.do](account, act);
      case 'follow':
        return this.follow(account, act.person);
      case 'unfollow':
        for (const follow of account.follows) if (follow.person === act.person) follow.until ??= this.now;
        return { status: 204 };
      case 'suspend':
        return this.move(account, ['active'], 'suspended');
      case 'resume':
        return this.move(account, ['suspended'], 'active');
      case 'close':
        return this.close(account);
      case 'grant':
        return this.grant(account, act);
      case 'change':
        return this.change(account, act);
    }
  }

  /** What the platform answered to a broadcast that was created. */
  learn(act: CreateAct, answer: { readonly id: string }): void {
    this.lives.learn(this.account(act.account), act, answer);
  }

  private follow(account: AccountState, person: number): Expected {
    const open = account.follows.find((follow) => follow.person === person && follow.until === null);
    if (open) return { status: 200, body: { followedAt: iso(open.from) } };
    if (account.status !== 'active') return refused('account-not-active');
    account.follows.push({ person, from: this.now, until: null });
    return { status: 200, body: { followedAt: iso(this.now) } };
  }

  private move(account: AccountState, from: readonly string[], to: AccountState['status']): Expected {
    const { status } = account;
    if (!from.includes(status)) return refused('account-status-conflict', { accountStatus: status });
    account.status = to;
    this.state.entries += 1;
    return { status: 200, body: { id: account.id, status: to } };
  }

  private close(account: AccountState): Expected {
    const answer = this.move(account, ['active', 'suspended'], 'closed');
    for (const broadcast of scheduledOf(account)) this.lives.callOff(broadcast);
    return answer;
  }

  /** Extra slots go to a period of the current calendar that is not over and within reach. */
  private grant(account: AccountState, { period: label, slots }: GrantAct): Expected {
    const term = currentTerm(account);
    const begins = Date.parse(label.length === 7 ? `${label}-01` : label);
    // In no zone is it more than a day away from what UTC calls by that date.
    const period = [-DAY, 0, DAY]
      .map((days) => periodAt(begins + DAY / 2 + days, term))
      .find((candidate) => candidate.label === label);
    if (!period || period.endsAt <= this.now || period.startsAt > this.now + FURTHEST)
      return refused('invalid-period');
    account.grants.push({ term: term.number, label, slots });
    this.state.entries += 1;
    return { status: 201, body: { accountId: account.id, period: label, slots } };
  }

  /** Type and zone change only while nothing is scheduled. */
  private change(account: AccountState, { type, timeZone }: ChangeAct): Expected {
    const current = currentTerm(account);
    const next: Calendar = { type: type ?? current.type, timeZone: timeZone ?? current.timeZone };
    const isOther = next.type !== current.type || next.timeZone !== current.timeZone;
    const broadcasts = scheduledOf(account).map(({ id, scheduledAt }) => ({
      id,
      scheduledAt: iso(scheduledAt),
    }));
    if (isOther && broadcasts.length > 0) return refused('scheduled-broadcasts-in-the-way', { broadcasts });
    if (isOther) this.openTerm(account, next);
    this.state.entries += 1;
    return { status: 200, body: { ...next } };
  }

  /** The old calendar counts to the end of its running period; what is out already takes slots of the new one's. */
  private openTerm(account: AccountState, next: Calendar): void {
    const former = currentTerm(account);
    const number = former.number + 1;
    account.terms[account.terms.length - 1] = { ...former, countsUntil: periodAt(this.now, former).endsAt };
    account.terms.push({ ...next, number, countsUntil: null });
    const { label } = periodAt(this.now, next);
    const out = account.broadcasts
      .filter(({ publishedAt }) => publishedAt !== null && periodAt(publishedAt, next).label === label)
      .sort((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0));
    const carried: Held = { term: number, label };
    for (const broadcast of out.slice(0, allowanceOf(next))) broadcast.holds = [...broadcast.holds, carried];
  }
}
