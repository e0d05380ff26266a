using System.Security.Cryptography;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>The accounts, in one small file that the program and the command line share.</summary>
/// <remarks>There is always an administrator who may log in, once there was one.</remarks>
internal sealed class AccountFile(string dataDirectory, TimeProvider time)
{
    private const int NameMax = 64;
    private const int AccountsMax = 1000;

    private readonly PrivateFile<Account> _file = new(
        Path.Combine(dataDirectory, "accounts.json"), AccountJson.Default.ListAccount, "Nobody can log in until it is put right; removed, the next start asks for a new administrator.");

    /// <summary>Nobody can log in yet: the first to come makes the administrator.</summary>
    public bool IsEmpty => List().Count == 0;

    /// <exception cref="IOException">The file cannot be read or is damaged.</exception>
    public IReadOnlyList<Account> List() => _file.Read();

    public Account? Find(string name) => List().FirstOrDefault(a => Same(a.Name, name));

    /// <exception cref="ApiProblem">The name or the password will not do, or the name is taken.</exception>
    public Account Create(string name, AccessRole role, string password, bool mustChange)
    {
        CheckName(name);
        PasswordRules.Check(password, name);
        return Add(NewAccount(name, role, password, mustChange), onlyFirst: false);
    }

    /// <summary>Makes the administrator of a new installation.</summary>
    /// <exception cref="ApiProblem">There is an account already, or the name or the password will not do.</exception>
    public Account CreateFirst(string name, string password)
    {
        CheckName(name);
        PasswordRules.Check(password, name);
        return Add(NewAccount(name, AccessRole.Admin, password, mustChange: false), onlyFirst: true);
    }

    /// <exception cref="ApiProblem">There is no such account, or the password will not do.</exception>
    public Account SetPassword(string name, string password, bool mustChange)
    {
        PasswordRules.Check(password, name);
        string hash = PasswordHash.Of(password);
        return Change(name, a => a with { PasswordHash = hash, MustChangePassword = mustChange, PasswordChangedAt = time.GetUtcNow(), Stamp = NewStamp() });
    }

    /// <exception cref="ApiProblem">There is no such account, or no administrator would be left.</exception>
    public Account SetRole(string name, AccessRole role) => Change(name, a => a.Role == role ? a : a with { Role = role, Stamp = NewStamp() });

    /// <exception cref="ApiProblem">There is no such account, or no administrator would be left.</exception>
    public Account SetBlocked(string name, bool blocked) =>
        Change(name, a => a.BlockedAt is not null == blocked ? a : a with { BlockedAt = blocked ? time.GetUtcNow() : null, Stamp = NewStamp() });

    public void NoteLogin(string name) => Change(name, a => a with { LastLoginAt = time.GetUtcNow() });

    /// <exception cref="ApiProblem">There is no such account, or no administrator would be left.</exception>
    public void Remove(string name) => _file.Update(accounts =>
    {
        List<Account> left = [.. accounts.Where(a => !Same(a.Name, name))];
        if (left.Count == accounts.Count)
        {
            throw Unknown(name);
        }

        CheckAdminLeft(left);
        return left;
    });

    private Account NewAccount(string name, AccessRole role, string password, bool mustChange)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new Account(name, role, PasswordHash.Of(password), mustChange, NewStamp(), now, now);
    }

    private Account Add(Account account, bool onlyFirst) => _file.Update<Account>(accounts =>
    {
        if (onlyFirst && accounts.Count > 0)
        {
            throw ApiProblem.Conflict(new("已有管理员账号，请登录。", "There is an administrator already; log in."));
        }

        if (accounts.Any(a => Same(a.Name, account.Name)))
        {
            throw ApiProblem.Conflict(new($"账号 {account.Name} 已存在。", $"There is an account {account.Name} already."));
        }

        return accounts.Count < AccountsMax ? ([.. accounts, account], account)
            : throw ApiProblem.Conflict(new($"最多 {AccountsMax} 个账号。", $"There can be {AccountsMax} accounts at most."));
    });

    private Account Change(string name, Func<Account, Account> change) => _file.Update<Account>(accounts =>
    {
        List<Account> changed = [.. accounts];
        int at = changed.FindIndex(a => Same(a.Name, name));
        if (at < 0)
        {
            throw Unknown(name);
        }

        changed[at] = change(changed[at]);
        CheckAdminLeft(changed);
        return (changed, changed[at]);
    });

    private static void CheckAdminLeft(List<Account> accounts)
    {
        if (!accounts.Any(a => a is { Role: AccessRole.Admin, BlockedAt: null }))
        {
            throw ApiProblem.Conflict(new("至少须保留一个可登录的管理员。", "One administrator who can log in has to remain."));
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > NameMax || name != name.Trim() || name.Any(c => char.IsControl(c) || c is '/' or '\\' or '(' or ')'))
        {
            throw ApiProblem.BadRequest(new(
                $"用户名须为 1 到 {NameMax} 个字符，首尾不能有空格，不能含 / \\ ( )。",
                $"A name has 1 to {NameMax} characters, no space at its ends, and none of / \\ ( )."));
        }
    }

    private static ApiProblem Unknown(string name) => ApiProblem.NotFound(new($"没有账号 {name}。", $"There is no account {name}."));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
