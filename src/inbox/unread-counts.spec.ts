import { unreadCounts } from './unread-counts';

const thread = (unread: number, folded: boolean, muted = false) => ({ unread, folded, muted });

describe('what is unread', () => {
  it('counts muted threads apart, and nowhere else', () => {
    const threads = [thread(1, false), thread(2, true), thread(4, false, true), thread(8, true, true)];
    expect(unreadCounts(threads, 999)).toEqual({
      total: 3,
      contacts: 1,
      subscriptions: 2,
      conversations: 0,
      muted: 12,
    });
  });

  it('is counted to a bound', () => {
    expect(unreadCounts([thread(999, true), thread(999, false)], 999)).toMatchObject({
      total: 999,
      subscriptions: 999,
    });
  });
});
