import { serverSettings } from './server-settings';

describe('the settings of an embedded server', () => {
  it.each([
    { cores: 1, helpers: '0' },
    { cores: 2, helpers: '1' },
    { cores: 16, helpers: '2' },
  ])('let $helpers more processes work at a question on $cores cores', ({ cores, helpers }) => {
    expect(serverSettings(cores, true)).toMatchObject({ max_parallel_workers_per_gather: helpers });
  });

  it('let only a throw-away server lose what it has been told', () => {
    expect(serverSettings(2, true)).not.toHaveProperty('fsync');
    expect(serverSettings(2, false)).toMatchObject({ fsync: 'off', full_page_writes: 'off' });
  });
});
