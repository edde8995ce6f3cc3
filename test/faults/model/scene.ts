import type { Answer, Api } from '../../support/api';
import { tick } from '../../support/publishing';
import type { Act } from './acts';
import type { Platform } from './platform';

const TICKED: Answer = { status: 200, body: {}, text: '', headers: {} };
const reason = 'A test';

/** The accounts and people of one run, as the platform knows them. */
export class Scene {
  constructor(
    readonly platform: Platform,
    readonly accounts: readonly string[],
    readonly subs: readonly string[],
    private readonly tokens: readonly string[],
  ) {}

  /** Asks for it over HTTP; the publisher is called as the scheduler calls it. */
  async send(act: Act): Promise<Answer> {
    if (act.do === 'tick') {
      await tick(this.platform.asked().instance);
      return TICKED;
    }
    const { owner, admin } = this.platform.asked();
    const id = this.accounts[act.account] ?? '';
    switch (act.do) {
      case 'create': {
        const { text, schedule, key } = act;
        const request = { content: { type: 'text', text }, schedule };
        return owner.post(`/accounts/${id}/broadcasts`, request, header('idempotency-key', key));
      }
      case 'schedule':
        return owner.post(this.path(act, '/schedule'), act.schedule);
      case 'edit': {
        const { text, match } = act;
        return owner.patch(this.path(act), { content: { type: 'text', text } }, header('if-match', match));
      }
      case 'cancel':
      case 'recall':
        return owner.post(this.path(act, `/${act.do}`));
      case 'discard':
        return owner.delete(this.path(act));
      case 'follow':
        return this.person(act.person).put(`/me/follows/${id}`);
      case 'unfollow':
        return this.person(act.person).delete(`/me/follows/${id}`);
      case 'suspend':
      case 'resume':
        return admin.post(`/admin/accounts/${id}/${act.do}`, { reason });
      case 'close':
        return owner.delete(`/accounts/${id}`);
      case 'grant':
        return admin.post(`/admin/quota/${id}/grants`, { period: act.period, slots: act.slots, reason });
      case 'change':
        return owner.patch(`/accounts/${id}`, { type: act.type, timeZone: act.timeZone });
    }
  }

  person(number: number): Api {
    return this.platform.asked().nobody.as(this.tokens[number] ?? '');
  }

  private path({ account, broadcast }: { account: number; broadcast: string }, move = ''): string {
    return `/accounts/${this.accounts[account] ?? ''}/broadcasts/${broadcast}${move}`;
  }
}

function header(name: string, value: string | undefined): Record<string, string> | undefined {
  return value === undefined ? undefined : { [name]: value };
}
