import { SUB_MAX_LENGTH } from '../auth/subscriber-id';
import { ShownInstant, ShownText } from '../http/answers';
import { Text } from '../http/fields';

export class SubscriberTokenRequest {
  @Text({ max: SUB_MAX_LENGTH, description: "The person's id in the operator's app.", example: 'reader-1' })
  readonly sub!: string;
}

export class SubscriberTokenView {
  @ShownText({ description: 'Send it as `Authorization: Bearer <token>`.' }) readonly token!: string;
  @ShownInstant() readonly expiresAt!: string;
  @ShownText() readonly sub!: string;
}
