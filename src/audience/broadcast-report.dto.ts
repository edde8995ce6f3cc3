import {
  Shown,
  ShownChoice,
  ShownCount,
  ShownFlag,
  ShownId,
  ShownInstant,
  ShownList,
  ShownText,
} from '../http/answers';
import { AUDIENCE_REASONS, type AudienceReason } from './audience';
import { PushCountsView, PushView } from './push-counts.dto';

export class BroadcastReport {
  @ShownId() readonly broadcastId!: string;
  @ShownCount({ description: 'Whoever was following at the instant it was published, and held its tags.' })
  readonly recipients!: number;
  @ShownCount({ description: 'Recipients who have read it.' }) readonly reads!: number;
  @Shown(() => PushCountsView, { description: 'Notifications by channel and outcome.' })
  readonly pushes!: PushCountsView;
  @ShownCount({ description: 'Recipients who left within 7 days of its publication.' })
  readonly unfollows!: number;
  @ShownCount({ description: 'Recipients who reported it.' }) readonly reports!: number;
  @ShownInstant({ description: 'When this was counted.' }) readonly asOf!: string;
}

export class RecipientView {
  @ShownFlag() readonly received!: boolean;
  @ShownChoice(AUDIENCE_REASONS) readonly reason!: AudienceReason;
  @ShownInstant({
    nullable: true,
    description: 'The instant that decided: of publication, of the follow or of the unfollow.',
  })
  readonly at!: string | null;
  @ShownText({ description: 'The reason as a sentence.' }) readonly detail!: string;
  @ShownList(() => PushView, { description: 'The notifications of it, to each of their devices.' })
  readonly pushes!: readonly PushView[];
}
