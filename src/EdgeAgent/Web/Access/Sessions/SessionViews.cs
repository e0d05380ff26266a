namespace EdgeAgent.Web.Access.Sessions;

/// <summary>What a page has to know before it can show anything.</summary>
/// <param name="FirstStart">There is no administrator yet; POST /api/first-start makes one.</param>
/// <param name="SetupCodeNeeded">The first start needs the code that the program printed, because the page is not on the program's machine.</param>
/// <param name="Name">Null without a login.</param>
/// <param name="Permissions">What is open to the caller, for pages to leave out what is not.</param>
/// <param name="Csrf">Goes into the header X-CSRF-Token of everything but GET.</param>
/// <param name="Anonymous">What is shown without a login: none or state.</param>
/// <param name="Enterprise">Name of the enterprise in the ledger; empty when there is none.</param>
/// <param name="Simulated">Whether any figure comes from simulated devices.</param>
internal sealed record SessionView(
    bool FirstStart,
    bool SetupCodeNeeded,
    string? Name,
    AccessRole? Role,
    IReadOnlyList<AccessPermission> Permissions,
    string? Csrf,
    string Anonymous,
    bool MustChangePassword,
    string Site,
    string Enterprise,
    bool Simulated,
    string Version,
    DateTimeOffset Now);

/// <summary>A login.</summary>
internal sealed record LoginBody(string Name, string Password);

/// <summary>The first administrator.</summary>
internal sealed record FirstStartBody(string Name, string Password, string? SetupCode = null);

/// <summary>One's own new password.</summary>
internal sealed record PasswordBody(string Current, string Password);
