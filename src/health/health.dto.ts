import { Shown, ShownChoice, ShownFlag, ShownText } from '../http/answers';

export class LiveView {
  @ShownChoice(['live']) readonly status!: 'live';
}

export class CheckView {
  @ShownFlag() readonly ok!: boolean;
  @ShownText({ description: 'What was seen.' }) readonly detail!: string;
}

export class ChecksView {
  @Shown(() => CheckView) readonly database!: CheckView;
  @Shown(() => CheckView) readonly scheduler!: CheckView;
  @Shown(() => CheckView) readonly process!: CheckView;
}

export class ReadyView {
  @ShownChoice(['ready', 'not-ready']) readonly status!: 'ready' | 'not-ready';
  @Shown(() => ChecksView) readonly checks!: ChecksView;
}
