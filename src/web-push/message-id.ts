import { v5 as uuidv5 } from 'uuid';

/** Never change it: devices are found by it. */
const NAMESPACE = '0b8a2f6e-7a53-4c1b-8f0e-5d1c9e3a7b42';

/** The id of a device, computed from its address at the push service. */
export function endpointIdOf(url: string): string {
  return uuidv5(url, NAMESPACE);
}

/** The id of a broadcast's message to a device: the same at every try, so that the device can tell repeats. */
export function messageIdOf(broadcastId: string, endpointId: string): string {
  return uuidv5(endpointId, broadcastId);
}
