using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Commands;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Accounts;

namespace EdgeAgent.Tests.Commands;

public sealed class AccountCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _config;
    private readonly AccountFile _accounts;

    public AccountCommandTests()
    {
        // A gateway: accounts are where its data is.
        _config = _directory.File("agent.json");
        File.WriteAllText(_config, """
            { "site": "plant", "agent": { "id": "gw", "dataDirectory": "data", "publishers": [ { "name": "p", "brokers": ["mqtt://127.0.0.1"] } ] }, "web": { "listen": "127.0.0.1:0" } }
            """);
        _accounts = new AccountFile(_directory.File("data"), TimeProvider.System);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_locked_out_administrator_gets_a_password_that_he_has_to_change_and_his_sessions_end()
    {
        string before = _accounts.CreateFirst("chief", "a bridge over nine rivers").Stamp;

        CommandLineRun reset = await CommandLineRun.OfAsync("account", "reset-password", "Chief", "--config", _config);

        Assert.Equal((ExitCodes.Done, ""), (reset.ExitCode, reset.ExitCode == 0 ? "" : reset.Error));
        Account account = _accounts.Find("chief")!;
        Assert.True(PasswordHash.Matches(reset.Out.Trim(), account.PasswordHash));
        Assert.True(account.MustChangePassword);
        Assert.NotEqual(before, account.Stamp);
        Assert.DoesNotContain(reset.Out.Trim(), reset.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_account_is_an_administrator_and_others_are_listed_with_their_state()
    {
        CommandLineRun viewer = await CommandLineRun.OfAsync("account", "create", "guest", "--config", _config);
        Assert.Equal(ExitCodes.BadUsage, viewer.ExitCode);
        Assert.Equal(ExitCodes.Done, (await CommandLineRun.OfAsync("account", "create", "chief", "--role", "admin", "--config", _config)).ExitCode);
        Assert.Equal(ExitCodes.Done, (await CommandLineRun.OfAsync("account", "create", "guest", "--config", _config)).ExitCode);
        Assert.Equal(ExitCodes.Failed, (await CommandLineRun.OfAsync("account", "create", "GUEST", "--config", _config)).ExitCode);
        CommandLineRun list = await CommandLineRun.OfAsync("account", "list", "--config", _config);
        Assert.Contains("Admin     chief  has to change the password", list.Out);
        Assert.Contains("Viewer    guest", list.Out);
        Assert.Equal(AccessRole.Viewer, _accounts.Find("guest")!.Role);
    }

    [Fact]
    public async Task What_is_done_on_the_machine_stands_in_the_audit_log_as_what_is_done_on_the_pages()
    {
        CommandLineRun made = await CommandLineRun.OfAsync("account", "create", "chief", "--role", "admin", "--config", _config);
        Assert.Equal(ExitCodes.Done, (await CommandLineRun.OfAsync("account", "reset-password", "chief", "--config", _config)).ExitCode);
        CommandLineRun token = await CommandLineRun.OfAsync("token", "create", "评审员赵工", "--config", _config);
        string id = token.Out.Trim().Split('_')[1];
        Assert.Equal(ExitCodes.Done, (await CommandLineRun.OfAsync("token", "revoke", id, "--config", _config)).ExitCode);

        AuditLog log = new(_directory.File("data", "audit", "plant", "access.jsonl"), TimeProvider.System);
        IReadOnlyList<AuditEntry> entries = AuditChain.Read(log.ReadAll(), out string? problem);
        Assert.Null(problem);
        Assert.Equal(["made an account", "set a password", "made a token", "revoked a token"], entries.Select(e => e.What));
        Assert.All(entries, e => Assert.Equal(($"{Environment.UserName} (on the machine)", "command"), (e.Who, e.Facts["via"])));
        Assert.Equal((id, "评审员赵工", "Assessor"), (entries[2].Facts["id"], entries[2].Facts["name"], entries[2].Facts["role"]));
        string text = System.Text.Encoding.UTF8.GetString(log.ReadAll());
        Assert.All([made.Out.Trim(), token.Out.Trim()], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_told()
    {
        CommandLineRun reset = await CommandLineRun.OfAsync("account", "reset-password", "nobody", "--config", _config);
        Assert.Equal(ExitCodes.Failed, reset.ExitCode);
        Assert.Contains("There is no account nobody", reset.Error);
    }
}
