import { useCallback, type RefObject } from 'react';

const WRONG = '[aria-invalid="true"], .body-editor[data-invalid] [contenteditable], [data-lacks] input';

/** Scrolls to the first field that is marked as wrong, and puts the cursor there, as soon as the marks are drawn. */
export function useLeadToLack(form: RefObject<HTMLElement | null>): () => void {
  return useCallback(() => {
    requestAnimationFrame(() => {
      const field = form.current?.querySelector<HTMLElement>(WRONG);
      field?.scrollIntoView({ block: 'center' });
      field?.focus({ preventScroll: true });
    });
  }, [form]);
}
