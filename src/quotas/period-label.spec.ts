import { periodLabelled, startOfLocalDate } from './quota-period';

describe('a label', () => {
  it.each(['2026-11-22', '2026-13', '2026-00', '2026-1', '26-11', '2026-11 ', '', 'now'])(
    'of a service account is not "%s"',
    (text) => {
      expect(periodLabelled(text, { type: 'service', timeZone: 'UTC' })).toBeUndefined();
    },
  );

  it.each(['2026-11', '2026-02-29', '2026-11-31', '2026-11-22T00:00Z', '+002026-11-22', '٢٠٢٦-١١-٢٢'])(
    'of a subscription account is not "%s"',
    (text) => {
      expect(periodLabelled(text, { type: 'subscription', timeZone: 'UTC' })).toBeUndefined();
      expect(startOfLocalDate(text, 'UTC')).toBeUndefined();
    },
  );
});
