namespace EdgeAgent.Web.Access.Accounts;

/// <summary>An account as administrators see it: without anything that a password could be guessed from.</summary>
internal sealed record AccountView(
    string Name,
    AccessRole Role,
    bool MustChangePassword,
    bool Blocked,
    DateTimeOffset CreatedAt,
    DateTimeOffset PasswordChangedAt,
    DateTimeOffset? LastLoginAt)
{
    public static AccountView Of(Account account) => new(
        account.Name, account.Role, account.MustChangePassword, account.BlockedAt is not null, account.CreatedAt, account.PasswordChangedAt, account.LastLoginAt);
}

/// <param name="MustChangePassword">Whether the password is to be changed at the first login, since whoever sends this knows it.</param>
internal sealed record NewAccountBody(string Name, AccessRole Role, string Password, bool MustChangePassword = true);

/// <summary>What is to change of an account; what is left out stays.</summary>
internal sealed record AccountChangeBody(AccessRole? Role = null, bool? Blocked = null);

/// <summary>A password that an administrator sets for somebody, who has to change it at his next login.</summary>
internal sealed record NewPasswordBody(string Password);
