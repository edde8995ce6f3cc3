import { Redirect } from 'wouter';
import { KEPT_ACCOUNT } from './account';
import { homeOf } from './last-account';
import { useSession } from './session';
import { deviceStorage } from '../storage';

export function Home() {
  return <Redirect to={homeOf(deviceStorage.getItem(KEPT_ACCOUNT), useSession())} replace />;
}
