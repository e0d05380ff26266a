using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Web.Access.Accounts;

namespace EdgeAgent.Web.Access.Sessions;

/// <summary>Who is logged in. Kept in a file, so that an update of the program at noon does not log a workshop out.</summary>
/// <remarks>A session ends 30 minutes after its last question, 12 hours after the login, with a logout, and when its account gets another
/// password or role, is blocked or removed. When a session was last used is on the disk only every few minutes, not at each question.</remarks>
internal sealed class SessionFile(string dataDirectory, AccountFile accounts, TimeProvider time)
{
    public static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(12);

    private const int IdBytes = 32;
    private const int SessionsMax = 1000;
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromMinutes(3);

    private readonly PrivateFile<Session> _file = new(Path.Combine(dataDirectory, "sessions.json"), SessionJson.Default.ListSession, "Remove it: everybody has to log in again.");
    private readonly Lock _gate = new();

    // When sessions were last used, as far as it is not in the file yet.
    private readonly Dictionary<string, DateTimeOffset> _seen = [];

    /// <returns>The session, and the secret for the cookie.</returns>
    public (Session Session, string Id) Begin(Account account, string from)
    {
        string id = NewSecret();
        DateTimeOffset now = time.GetUtcNow();
        Session session = new(HashOf(id), account.Name, account.Stamp, NewSecret(), now, now, from);
        // The oldest go first when somebody makes thousands.
        _file.Update(sessions => [.. Living(sessions).OrderByDescending(s => s.CreatedAt).Take(SessionsMax - 1), session]);
        return (session, id);
    }

    /// <summary>The session of a cookie with its account, or null when there is none or it has ended.</summary>
    public (Session Session, Account Account)? Use(string id)
    {
        string hash = HashOf(id);
        Session? session = _file.Read().FirstOrDefault(s => s.IdSha256 == hash);
        if (session is null || AccountOf(session) is not { } account)
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            _seen[hash] = now;
        }

        if (now - session.SeenAt >= NoteUseEvery)
        {
            _file.Update(Living);
        }

        return (session, account);
    }

    public void End(Session session)
    {
        lock (_gate)
        {
            _seen.Remove(session.IdSha256);
        }

        _file.Update(sessions => Living(sessions.Where(s => s.IdSha256 != session.IdSha256)));
    }

    private List<Session> Living(IEnumerable<Session> sessions)
    {
        List<Session> living = [.. sessions.Where(s => AccountOf(s) is not null).Select(s => s with { SeenAt = SeenAt(s) })];
        lock (_gate)
        {
            foreach (string gone in _seen.Keys.Except(living.Select(s => s.IdSha256)).ToArray())
            {
                _seen.Remove(gone);
            }
        }

        return living;
    }

    private Account? AccountOf(Session session)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isOver = now - SeenAt(session) >= IdleMax || now - session.CreatedAt >= AgeMax;
        return !isOver && accounts.Find(session.Account) is { BlockedAt: null } account && account.Stamp == session.Stamp ? account : null;
    }

    private DateTimeOffset SeenAt(Session session)
    {
        lock (_gate)
        {
            return _seen.TryGetValue(session.IdSha256, out DateTimeOffset at) && at > session.SeenAt ? at : session.SeenAt;
        }
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
