using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>Checks names and passwords, one at a time, and says the same whether the name, the password or both were wrong.</summary>
internal sealed class Login(AccountFile accounts, LoginGuard guard, AccessLog log) : IDisposable
{
    // Each check costs a good part of a second of a core that collects data; a queue longer than this is no queue of people.
    private const int WaitingMax = 16;
    private readonly SemaphoreSlim _one = new(1);
    private int _waiting;

    /// <returns>The account. Whether the password has to be changed is another question.</returns>
    /// <exception cref="ApiProblem">Name or password are wrong, or the door is closed for a while.</exception>
    public async Task<Account> CheckAsync(HttpContext context, string name, string password)
    {
        // A password that somebody sets on the machine itself opens the door of its name: whoever does that needs no guesses.
        string door = accounts.Find(name) is { } known ? $"{name} {known.Stamp}" : name;
        return await TryAsync(context, name, door, () => accounts.Find(name) is var account && PasswordHash.Matches(password, account?.PasswordHash) && account is { BlockedAt: null } ? account : null)
            ?? throw new ApiProblem(StatusCodes.Status401Unauthorized, new(
                "用户名或密码不正确。", "Name or password are wrong.")) { Code = "wrong-credentials" };
    }

    /// <summary>Checks something that can be guessed, under the same rules as passwords.</summary>
    /// <param name="name">What the log calls it.</param>
    /// <param name="door">What the attempts are counted under, besides the address.</param>
    /// <param name="check">Gives null when it is wrong.</param>
    public async Task<T?> TryAsync<T>(HttpContext context, string name, string door, Func<T?> check)
        where T : class
    {
        string network = ClientAddress.NetworkOf(ClientAddress.Of(context));
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ApiProblem(StatusCodes.Status503ServiceUnavailable, new("正在登录的人太多，请稍后再试。", "Too many are logging in at once; try again in a moment.")) { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        try
        {
            await _one.WaitAsync(context.RequestAborted);
            try
            {
                ThrowIfClosed(door, network);
                T? right = await Task.Run(check);
                Count(context, name, door, network, right is not null);
                return right;
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _one.Dispose();

    private void ThrowIfClosed(string door, string network)
    {
        if (guard.ClosedFor(door, network) is { } left)
        {
            throw new ApiProblem(StatusCodes.Status429TooManyRequests, new(
                $"错误次数过多，请在 {Math.Ceiling(left.TotalMinutes):0} 分钟后再试。",
                $"Too many wrong attempts; try again in {Math.Ceiling(left.TotalMinutes):0} min.")) { Code = "locked-out", RetryAfter = left };
        }
    }

    private void Count(HttpContext context, string name, string door, string network, bool right)
    {
        if (right)
        {
            guard.NoteRight(door);
            return;
        }

        bool closed = guard.NoteWrong(door, network);
        log.Note(context, "(unknown)", closed ? "locked out" : "login refused", ("name", name.Length > 64 ? name[..64] : name));
    }
}
