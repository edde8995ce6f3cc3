import { policyOfConsole, policyOfInbox } from './content-security-policy';

describe('the security policy of the pages', () => {
  it('lets nothing run or be styled inline', () => {
    for (const policy of [policyOfConsole(), policyOfInbox([])]) {
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*/);
    }
  });

  it('puts the console into no frame, and the inbox into those of the operator', () => {
    expect(policyOfConsole()).toContain("frame-ancestors 'none';");
    expect(policyOfInbox([])).toContain("frame-ancestors 'self';");
    expect(policyOfInbox(['https://app.example', 'https://campus.example'])).toContain(
      "frame-ancestors 'self' https://app.example https://campus.example;",
    );
  });
});
