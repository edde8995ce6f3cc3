import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { useFormat } from '../i18n/use-format';
import { Button } from '../ui/button';
import { useCopying } from '../ui/copying';
import { ProblemNote } from '../ui/problem-note';
import { useTimeZone } from '../ui/time-zone';

/** Made only when it is asked for: each ends the one before. */
export function PreviewCode() {
  const { t } = useTranslation();
  const format = useFormat();
  const timeZone = useTimeZone();
  const copy = useCopying();
  const shown = useRef<HTMLOutputElement>(null);
  const making = api.useMutation('post', '/v1/me/preview-code', { meta: { shown: 'by-page' } });
  const made = making.data;
  return (
    <div className="preview-code" aria-live="polite">
      {made && (
        <>
          <div className="row">
            <output ref={shown} className="code" aria-label={t('inbox.previewCode')} dir="ltr">
              {made.code}
            </output>
            <Button icon="copy" onPress={() => void copy(made.code, shown.current)}>
              {t('common.copy')}
            </Button>
          </div>
          <p className="soft small">
            {t('inbox.codeUntil', { time: format.time(made.expiresAt, timeZone) })}
          </p>
        </>
      )}
      {making.error && <ProblemNote error={making.error} />}
      <div>
        <Button
          kind={made ? 'plain' : 'primary'}
          icon={made ? 'refresh' : 'key'}
          pending={making.isPending}
          onPress={() => making.mutate({})}
        >
          {t(made ? 'inbox.anotherCode' : 'inbox.makeCode')}
        </Button>
      </div>
    </div>
  );
}
