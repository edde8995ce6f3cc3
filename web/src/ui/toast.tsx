import { useTranslation } from 'react-i18next';
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button, IconButton } from './button';
import { Icon, type IconName } from './icon';
import { useProblemWords } from './problem-note';

interface ToastWords {
  readonly tone: 'good' | 'bad' | 'info';
  readonly text?: string;
  readonly error?: unknown;
  readonly action?: { readonly label: string; readonly onAction: () => void } | undefined;
}

const queue = new ToastQueue<ToastWords>({ maxVisibleToasts: 3 });

/** Good news goes by itself; what went wrong, or offers to do something, stays until it is answered. */
const GOES_AFTER = 5_000;

/** What to say about something that has just been done, or has failed. */
export const toasts = {
  good: (text: string, action?: ToastWords['action']) =>
    queue.add({ tone: 'good', text, action }, action ? {} : { timeout: GOES_AFTER }),
  info: (text: string, action?: ToastWords['action']) =>
    queue.add({ tone: 'info', text, action }, action ? {} : { timeout: GOES_AFTER }),
  bad: (text: string, action?: ToastWords['action']) => queue.add({ tone: 'bad', text, action }),
  /** A refusal, in words. */
  problem: (error: unknown, action?: ToastWords['action']) => queue.add({ tone: 'bad', error, action }),
  /** Of what no longer matters, when the page changes. */
  clear: () => {
    queue.clear();
  },
};

const ICONS: Readonly<Record<ToastWords['tone'], IconName>> = { good: 'check', bad: 'warning', info: 'info' };

/** Once in each entry. */
export function Toasts() {
  const { t } = useTranslation();
  const say = useProblemWords();
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={t('common.messages')}>
      {({ toast }) => {
        const { tone, text, error, action } = toast.content;
        const dismiss = () => {
          queue.close(toast.key);
        };
        return (
          <AriaToast toast={toast} className={`toast ${tone}`}>
            <Icon name={ICONS[tone]} />
            <ToastContent className="words">
              <Text slot="title">{text ?? say(error)}</Text>
            </ToastContent>
            {action && (
              <Button
                size="small"
                onPress={() => {
                  dismiss();
                  action.onAction();
                }}
              >
                {action.label}
              </Button>
            )}
            <IconButton icon="close" size="small" label={t('common.dismiss')} onPress={dismiss} />
          </AriaToast>
        );
      }}
    </ToastRegion>
  );
}
