import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { ShownInstant, ShownText } from '../http/answers';
import { Nested, Text } from '../http/fields';

const Endpoint = () =>
  Text({
    max: 2_048,
    description: "The push service's address of the device: PushSubscription.endpoint.",
    example: 'https://push.example/send/f7Q2',
  });

/** Base64url, as browsers write it; some pad it. */
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/;
const HINT = 'base64url';

export class PushEndpointKeys {
  @Text({ max: 128, pattern: BASE64URL, hint: HINT, description: "The device's public key, P-256." })
  readonly p256dh!: string;
  @Text({ max: 32, pattern: BASE64URL, hint: HINT, description: 'The secret that authenticates messages.' })
  readonly auth!: string;
}

export class PushEndpointRequest {
  @Endpoint() readonly endpoint!: string;
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Nested(() => PushEndpointKeys)
  @ApiProperty({ type: () => PushEndpointKeys, required: true })
  readonly keys!: PushEndpointKeys;
}

export class PushEndpointRemoval {
  @Endpoint() readonly endpoint!: string;
}

export class PushEndpointView {
  @ShownText() readonly endpoint!: string;
  @ShownInstant() readonly createdAt!: string;
}

export class VapidKeyView {
  @ShownText({
    description: 'For `applicationServerKey` of `pushManager.subscribe`: base64url, uncompressed P-256.',
  })
  readonly publicKey!: string;
}
