import { stateOf, toggled, type Webhook } from './webhooks';

const webhook: Webhook = {
  id: '1',
  url: 'https://hooks.example/fanfare',
  events: [],
  enabled: true,
  disabledAt: null,
  disabledReason: null,
  failingSince: null,
  previousSecretUntil: null,
  createdBy: { kind: 'user', id: '01', name: 'Rosa' },
  createdAt: '2026-11-22T08:00:00.000Z',
  updatedAt: '2026-11-22T08:00:00.000Z',
};

describe('a webhook', () => {
  it('is on, off, or on without being reached', () => {
    expect(stateOf(webhook)).toBe('on');
    expect(stateOf({ ...webhook, failingSince: webhook.createdAt })).toBe('failing');
    expect(stateOf({ ...webhook, enabled: false, failingSince: webhook.createdAt })).toBe('off');
  });

  it('is told of events that are chosen one by one', () => {
    expect(toggled(['broadcast.*'], 'quota.*')).toEqual(['broadcast.*', 'quota.*']);
    expect(toggled(['broadcast.*', 'quota.*'], 'broadcast.*')).toEqual(['quota.*']);
  });
});
