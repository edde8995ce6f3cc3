import { Redirect } from 'wouter';
import { KEPT_ACCOUNT } from './account';
import { homeOf } from './last-account';
import { useSession } from './session';

export function Home() {
  return <Redirect to={homeOf(localStorage.getItem(KEPT_ACCOUNT), useSession())} replace />;
}
