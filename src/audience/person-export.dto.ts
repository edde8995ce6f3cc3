import {
  Shown,
  ShownCount,
  ShownFlag,
  ShownId,
  ShownInstant,
  ShownList,
  ShownObject,
  ShownText,
  ShownTexts,
} from '../http/answers';

export class ExportedAccount {
  @ShownId() readonly id!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
}

export class ExportedFollow {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownInstant() readonly followedAt!: string;
  @ShownInstant({ nullable: true }) readonly unfollowedAt!: string | null;
  @ShownFlag() readonly muted!: boolean;
  @ShownFlag({ nullable: true }) readonly notify!: boolean | null;
}

export class ExportedTagging {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownText() readonly tag!: string;
  @ShownInstant() readonly taggedAt!: string;
  @ShownInstant({ nullable: true }) readonly untaggedAt!: string | null;
}

export class ExportedRead {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownInstant() readonly readAt!: string;
  @ShownTexts({ description: 'The broadcasts that were read then, by id.' })
  readonly broadcastIds!: readonly string[];
}

export class ExportedPreview {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownId() readonly broadcastId!: string;
  @ShownObject() readonly content!: object;
  @ShownInstant() readonly previewedAt!: string;
}

export class ExportedPreviewConsent {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownText({ nullable: true, description: 'What the brand calls me.' }) readonly name!: string | null;
  @ShownInstant() readonly agreedAt!: string;
}

export class ExportedPreviewCode {
  @ShownInstant() readonly madeAt!: string;
  @ShownInstant() readonly expiresAt!: string;
}

export class ExportedPreviewDay {
  @ShownText({ format: 'date' }) readonly day!: string;
  @ShownCount({ description: 'Shown to me on that day, in UTC, by all brands together.' })
  readonly previews!: number;
}

export class ExportedReport {
  @Shown(() => ExportedAccount) readonly account!: ExportedAccount;
  @ShownId() readonly broadcastId!: string;
  @ShownText() readonly reason!: string;
  @ShownObject({ nullable: true, description: 'Of a preview: what was shown.' })
  readonly content!: object | null;
  @ShownInstant() readonly reportedAt!: string;
}

export class ExportedPushEndpoint {
  @ShownText({ description: 'The address that the device gave.' }) readonly endpoint!: string;
  @ShownInstant() readonly createdAt!: string;
}

export class ExportedPush {
  @ShownId() readonly broadcastId!: string;
  @ShownText({ description: 'pending, delivered, gone, skipped or failed.' }) readonly status!: string;
  @ShownInstant() readonly at!: string;
}

export class ExportedBroadcast {
  @ShownId() readonly id!: string;
  @ShownId() readonly accountId!: string;
  @ShownInstant() readonly publishedAt!: string;
}

/** Everything that is kept about a person. */
export class PersonExport {
  @ShownText() readonly sub!: string;
  @ShownId({ description: "The id of the person's rows, computed from `sub`." })
  readonly subscriberId!: string;
  @ShownInstant({
    nullable: true,
    description: 'When they first followed anybody, or made a code for previews.',
  })
  readonly since!: string | null;
  @ShownInstant() readonly exportedAt!: string;
  @ShownList(() => ExportedFollow) readonly follows!: readonly ExportedFollow[];
  @ShownList(() => ExportedTagging) readonly taggings!: readonly ExportedTagging[];
  @ShownList(() => ExportedRead) readonly reads!: readonly ExportedRead[];
  @ShownList(() => ExportedPreview) readonly previews!: readonly ExportedPreview[];
  @ShownList(() => ExportedPreviewConsent, { description: 'Brands whose previews I agreed to see.' })
  readonly previewConsents!: readonly ExportedPreviewConsent[];
  @ShownList(() => ExportedPreviewCode, { description: 'The code by which a brand may learn of my consent.' })
  readonly previewCodes!: readonly ExportedPreviewCode[];
  @ShownList(() => ExportedPreviewDay) readonly previewDays!: readonly ExportedPreviewDay[];
  @ShownList(() => ExportedReport) readonly reports!: readonly ExportedReport[];
  @ShownList(() => ExportedPushEndpoint, { description: 'Devices that are notified.' })
  readonly pushEndpoints!: readonly ExportedPushEndpoint[];
  @ShownList(() => ExportedPush, { description: 'Notifications to those devices.' })
  readonly pushes!: readonly ExportedPush[];
  @ShownList(() => ExportedBroadcast, { description: 'What is in the inbox.' })
  readonly inbox!: readonly ExportedBroadcast[];
}
