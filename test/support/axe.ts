import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What was announced a moment ago may speak of a button that is gone. */
const SCOPE = JSON.stringify({ exclude: ['[data-live-announcer]'] });

/** Fails unless a person with a screen reader, or with weak eyes, can use the page as it is now: in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  const isDark = await page.evaluate<boolean>(`matchMedia('(prefers-color-scheme: dark)').matches`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The script is handed to the page from outside: its security policy would load it from nowhere else.
    const { violations } = await page.evaluate<AxeResults>(
      `${AXE}; axe.run(${SCOPE}, { resultTypes: ['violations'] })`,
    );
    const complaints = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary = '' }) => `  ${html}\n  ${failureSummary}`).join('\n')}`,
    );
    if (complaints.length > 0) {
      throw new Error(`${page.url()} in ${colorScheme}:\n${complaints.join('\n')}`);
    }
  }
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
}
