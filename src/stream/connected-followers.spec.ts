import { ConnectedFollowers } from './connected-followers';

describe('the index of connected followers', () => {
  let index: ConnectedFollowers<string>;
  beforeEach(() => {
    index = new ConnectedFollowers();
  });

  const connect = (id: string, follows: Readonly<Record<string, number>>, loadedAt = 100) => {
    const person = index.add(id);
    return { person, found: load(id, follows, loadedAt) };
  };
  const load = (id: string, follows: Readonly<Record<string, number>>, loadedAt: number) => {
    const person = index.get(id);
    if (!person) throw new Error(`${id} is not connected`);
    const list = Object.entries(follows).map(([accountId, followedAt]) => ({ accountId, followedAt }));
    return index.replace(person, list, loadedAt).map(({ accountId, followedAt }) => [accountId, followedAt]);
  };
  const followersOf = (accountId: string) => [...index.of(accountId)].map(({ id }) => id);

  it('knows the followers of an account, and nobody else', () => {
    connect('ana', { bakery: 1, library: 2 });
    connect('ben', { library: 3 });
    expect(followersOf('bakery')).toEqual(['ana']);
    expect(followersOf('library')).toEqual(['ana', 'ben']);
    expect(followersOf('museum')).toEqual([]);
  });

  it('forgets somebody whole', () => {
    const { person } = connect('ana', { bakery: 1 });
    connect('ben', { bakery: 1 });
    index.remove(person);
    expect(followersOf('bakery')).toEqual(['ben']);
    expect(index.get('ana')).toBeUndefined();
    expect(index.size).toBe(1);
  });

  it('says which follows are new when they are loaded anew, and drops those that have ended', () => {
    connect('ana', { bakery: 10, library: 20 });
    expect(load('ana', { library: 20, museum: 5 }, 200)).toEqual([['museum', 5]]);
    expect(followersOf('bakery')).toEqual([]);
    // Who comes back begins a new follow; nothing of the old one is found again.
    expect(load('ana', { library: 30, museum: 5, bakery: 40 }, 300)).toEqual([
      ['library', 30],
      ['bakery', 40],
    ]);
  });

  it('learns of a follow once', () => {
    const { person } = connect('ana', {});
    expect(index.learn(person, { accountId: 'bakery', followedAt: 10 })).toMatchObject({
      accountId: 'bakery',
    });
    expect(index.learn(person, { accountId: 'bakery', followedAt: 10 })).toBeUndefined();
    expect(index.learn(person, { accountId: 'bakery', followedAt: 9 })).toBeUndefined();
    expect(followersOf('bakery')).toEqual(['ana']);
  });

  it('is complete up to when the stalest of its people was loaded', () => {
    connect('ana', {}, 100);
    connect('ben', {}, 200);
    connect('eva', {}, 300);
    expect(index.completeUntil).toBe(100);
    expect(index.stalest(2)).toEqual(['ana', 'ben']);
    load('ana', {}, 400);
    expect(index.completeUntil).toBe(200);
    expect(index.stalest(9)).toEqual(['ben', 'eva', 'ana']);
  });
});
