import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button';
import { ProblemNote } from './problem-note';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the most important one last. */
  readonly footer?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large';
  /** Interrupts: for what cannot be undone. */
  readonly alert?: boolean;
  /** Goes by its own buttons only, not by Escape: for what is not shown a second time. */
  readonly sticky?: boolean;
}

/** On a phone it comes up from below and takes the width. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  size = 'medium',
  alert = false,
  sticky = false,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable={!alert}
      isKeyboardDismissDisabled={sticky}
      className="backdrop"
    >
      <Modal className={`dialog of-${size}`}>
        <AriaDialog role={alert ? 'alertdialog' : 'dialog'}>
          <header>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="close" label={t('common.close')} size="small" onPress={onClose} />
          </header>
          <div className="content">{children}</div>
          {footer !== undefined && <footer>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before something is done; stays open and says why when it fails. */
export function Confirm({
  title,
  action,
  keep,
  danger = false,
  isOpen,
  onClose,
  onConfirm,
  children,
}: {
  title: string;
  /** What the button says, as a verb: "Recall". */
  action: string;
  /** What the other button says, where "Cancel" could be taken for the action. */
  keep?: string | undefined;
  danger?: boolean;
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const close = () => {
    setError(undefined);
    onClose();
  };
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm();
      close();
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={close}
      size="small"
      alert
      footer={
        <>
          <Button onPress={close}>{keep ?? t('common.cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} pending={isPending} onPress={() => void confirm()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="stack">
        {children}
        {error !== undefined && <ProblemNote error={error} />}
      </div>
    </Dialog>
  );
}
