using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Access.Sessions;
using EdgeAgent.Web.Access.Tokens;

namespace EdgeAgent.Web.Access;

/// <summary>Everything that decides who may ask what, put together for one data directory.</summary>
internal sealed class WebAccess : IDisposable
{
    public WebAccess(string dataDirectory, string auditLog, string site, AnonymousAccess anonymous, TimeProvider time)
    {
        Anonymous = anonymous;
        Time = time;
        Accounts = new AccountFile(dataDirectory, time);
        Sessions = new SessionFile(dataDirectory, Accounts, time);
        Tokens = new TokenFile(dataDirectory, time);
        Log = new AccessLog(new AuditLog(auditLog, time), time);
        Callers = new CallerReader(Tokens, Sessions, site);
        Login = new Login(Accounts, new LoginGuard(dataDirectory, time), Log);
        FirstStart = new FirstStart(Accounts);
    }

    public AnonymousAccess Anonymous { get; }

    public TimeProvider Time { get; }

    public AccountFile Accounts { get; }

    public SessionFile Sessions { get; }

    public TokenFile Tokens { get; }

    public AccessLog Log { get; }

    public CallerReader Callers { get; }

    public Login Login { get; }

    public FirstStart FirstStart { get; }

    public static WebAccess Of(AppConfig config, TimeProvider time) =>
        new(WebDirectory.Of(config), WebDirectory.AuditLogOf(config), config.Site, config.Web?.Anonymous ?? AnonymousAccess.None, time);

    public void Dispose() => Login.Dispose();
}
