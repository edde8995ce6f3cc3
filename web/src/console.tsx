import { Route, Switch } from 'wouter';
import { en } from './i18n/en';
import { start } from './start';
import { AccountPages } from './session/account-pages';
import { Home } from './session/home';
import { LogInPage } from './session/log-in-page';
import { NotFoundPage } from './session/not-found-page';
import { SignUpPage } from './session/sign-up-page';
import { AdminsOnly, SignedIn } from './session/signed-in';
import { Shell } from './session/shell';
import { lazyPart } from './ui/lazy-part';

const InvitationPage = lazyPart(() => import('./session/invitation-page'));
const YouPage = lazyPart(() => import('./session/you-page'));
const BroadcastsPage = lazyPart(() => import('./broadcasts/broadcasts-page'));
const AdminUsersPage = lazyPart(() => import('./admin/users-page'));
const AdminImportPage = lazyPart(() => import('./admin/import-page'));
const RegisterPage = lazyPart(() => import('./session/register-page'));
const CalendarPage = lazyPart(() => import('./calendar/calendar-page'));
const ComposerPage = lazyPart(() => import('./composer/composer-page'));
const ReportPage = lazyPart(() => import('./report/report-page'));
const FollowersPage = lazyPart(() => import('./followers/followers-page'));
const SettingsPage = lazyPart(() => import('./settings/settings-page'));
const AdminAccountsPage = lazyPart(() => import('./admin/accounts-page'));
const AdminQuotaPage = lazyPart(() => import('./admin/quota-page'));
const AdminQuotaHistoryPage = lazyPart(() => import('./admin/quota-history-page'));
const AdminAuditPage = lazyPart(() => import('./admin/audit-page'));
const AdminHealthPage = lazyPart(() => import('./admin/health-page'));
const AdminReportsPage = lazyPart(() => import('./admin/reports-page'));
const AdminWebhooksPage = lazyPart(() => import('./admin/webhooks-page'));

/** The console of marketers and admins: its one list of pages. */
function Console() {
  return (
    <Switch>
      <Route path="/login" component={LogInPage} />
      <Route path="/signup" component={SignUpPage} />
      <Route path="/invitations/:token" component={InvitationPage} />
      <Route>
        <SignedIn>
          <Shell>
            <Switch>
              <Route path="/" component={Home} />
              <Route path="/register" component={RegisterPage} />
              <Route path="/you" component={YouPage} />
              <Route path="/a/:accountId/*?">
                <AccountPages>
                  <Switch>
                    <Route path="/a/:accountId/calendar" component={CalendarPage} />
                    <Route path="/a/:accountId/compose/:broadcastId?" component={ComposerPage} />
                    <Route path="/a/:accountId/broadcasts" component={BroadcastsPage} />
                    <Route path="/a/:accountId/broadcasts/:broadcastId" component={ReportPage} />
                    <Route path="/a/:accountId/followers" component={FollowersPage} />
                    <Route path="/a/:accountId/settings/:tab?" component={SettingsPage} />
                    <Route component={NotFoundPage} />
                  </Switch>
                </AccountPages>
              </Route>
              <Route path="/admin/*?">
                <AdminsOnly>
                  <Switch>
                    <Route path="/admin/accounts" component={AdminAccountsPage} />
                    <Route path="/admin/users" component={AdminUsersPage} />
                    <Route path="/admin/import/:accountId?" component={AdminImportPage} />
                    <Route path="/admin/quota" component={AdminQuotaPage} />
                    <Route path="/admin/quota/:accountId" component={AdminQuotaHistoryPage} />
                    <Route path="/admin/audit" component={AdminAuditPage} />
                    <Route path="/admin/health" component={AdminHealthPage} />
                    <Route path="/admin/reports" component={AdminReportsPage} />
                    <Route path="/admin/webhooks" component={AdminWebhooksPage} />
                    <Route component={NotFoundPage} />
                  </Switch>
                </AdminsOnly>
              </Route>
              <Route component={NotFoundPage} />
            </Switch>
          </Shell>
        </SignedIn>
      </Route>
    </Switch>
  );
}

void start(<Console />, en);
