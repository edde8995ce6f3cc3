import { Transform } from 'class-transformer';
import { IsDefined, IsNumber, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { ShownInstant, ShownText } from '../http/answers';
import { Nested, Text } from '../http/fields';

const Endpoint = () =>
  Text({
    max: 2_048,
    description: "The push service's address of the device: PushSubscription.endpoint.",
    example: 'https://push.example/send/f7Q2',
  });

/** Base64url, as browsers write it; some pad it, and some apps convert the keys themselves, to plain base64. */
const BASE64URL = /^[A-Za-z0-9_+/-]+={0,2}$/;
const HINT = 'base64url';

export class PushEndpointKeys {
  @Text({ max: 128, pattern: BASE64URL, hint: HINT, description: "The device's public key, P-256." })
  readonly p256dh!: string;
  @Text({ max: 32, pattern: BASE64URL, hint: HINT, description: 'The secret that authenticates messages.' })
  readonly auth!: string;
}

/** Push API, PushSubscriptionJSON: `keys` is a record to which browsers may add; two of its members are of use here. */
function knownKeys(keys: unknown): unknown {
  if (!(keys instanceof PushEndpointKeys)) return keys;
  const { p256dh, auth } = keys;
  return Object.assign(new PushEndpointKeys(), { p256dh, auth });
}

export class PushEndpointRequest {
  @Endpoint() readonly endpoint!: string;
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsNumber()
  @ApiProperty({
    type: 'number',
    required: false,
    nullable: true,
    description: 'PushSubscription.expirationTime. Not kept: the push service says when a device is gone.',
  })
  readonly expirationTime?: number | null;
  @Transform(({ value }: { value: unknown }) => knownKeys(value))
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Nested(() => PushEndpointKeys)
  @ApiProperty({
    type: () => PushEndpointKeys,
    required: true,
    description: 'Further members are passed over.',
  })
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
