using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>The accounts, for administrators.</summary>
internal sealed class AccountPages(WebAccess access)
{
    private const string NoAdminLeft = "No administrator who can log in would be left.";

    public void Map(ApiBuilder api)
    {
        api.Get("/api/accounts", AccessPermission.ManageAccounts, "All accounts", ListAsync)
            .Paged().Gives(AccessApiJson.Default.ApiPageAccountView, "By name");
        api.Post("/api/accounts", AccessPermission.ManageAccounts, "Make an account", CreateAsync)
            .Takes(AccessApiJson.Default.NewAccountBody).Gives(AccessApiJson.Default.AccountView, "Made", StatusCodes.Status201Created)
            .Fails(StatusCodes.Status409Conflict, "The name is taken.");
        api.Patch("/api/accounts/{name}", AccessPermission.ManageAccounts, "Give an account another role, block it or let it in again; its sessions end", ChangeAsync)
            .Route("name", "Name of the account.").Takes(AccessApiJson.Default.AccountChangeBody).Gives(AccessApiJson.Default.AccountView, "As it is now")
            .Fails(StatusCodes.Status404NotFound, "There is no such account.").Fails(StatusCodes.Status409Conflict, NoAdminLeft);
        api.Put("/api/accounts/{name}/password", AccessPermission.ManageAccounts, "Set somebody's password; he has to change it at his next login, and his sessions end", SetPasswordAsync)
            .Route("name", "Name of the account.").Takes(AccessApiJson.Default.NewPasswordBody).GivesNothing("Set")
            .Fails(StatusCodes.Status404NotFound, "There is no such account.");
        api.Delete("/api/accounts/{name}", AccessPermission.ManageAccounts, "Remove an account; its sessions end", RemoveAsync)
            .Route("name", "Name of the account.").GivesNothing("Removed")
            .Fails(StatusCodes.Status404NotFound, "There is no such account.").Fails(StatusCodes.Status409Conflict, NoAdminLeft);
    }

    private Task ListAsync(HttpContext context, Caller caller) => context.WriteJsonAsync(
        PageRequest.Of(context).Cut<AccountView>([.. access.Accounts.List().OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Select(AccountView.Of)]),
        AccessApiJson.Default.ApiPageAccountView);

    private async Task CreateAsync(HttpContext context, Caller caller)
    {
        CheckUnlimited(caller);
        NewAccountBody body = await context.ReadJsonAsync(AccessApiJson.Default.NewAccountBody);
        Account account = await Task.Run(() => access.Accounts.Create(body.Name, body.Role, body.Password, body.MustChangePassword));
        access.Log.Note(context, caller.Who, "made an account", ("name", account.Name), ("role", account.Role.ToString()));
        await context.WriteJsonAsync(AccountView.Of(account), AccessApiJson.Default.AccountView, StatusCodes.Status201Created);
    }

    private async Task ChangeAsync(HttpContext context, Caller caller)
    {
        CheckUnlimited(caller);
        AccountChangeBody body = await context.ReadJsonAsync(AccessApiJson.Default.AccountChangeBody);
        string name = context.Route("name");
        Account account = access.Accounts.Find(name) ?? throw ApiProblem.NotFound(new($"没有账号 {name}。", $"There is no account {name}."));
        account = body.Role is { } role ? access.Accounts.SetRole(name, role) : account;
        account = body.Blocked is { } blocked ? access.Accounts.SetBlocked(name, blocked) : account;
        access.Log.Note(context, caller.Who, "changed an account", ("name", account.Name), ("role", account.Role.ToString()), ("blocked", account.BlockedAt is null ? "no" : "yes"));
        await context.WriteJsonAsync(AccountView.Of(account), AccessApiJson.Default.AccountView);
    }

    private async Task SetPasswordAsync(HttpContext context, Caller caller)
    {
        CheckUnlimited(caller);
        NewPasswordBody body = await context.ReadJsonAsync(AccessApiJson.Default.NewPasswordBody);
        Account account = await Task.Run(() => access.Accounts.SetPassword(context.Route("name"), body.Password, mustChange: true));
        access.Log.Note(context, caller.Who, "set a password", ("name", account.Name));
        await context.WriteNothing();
    }

    private Task RemoveAsync(HttpContext context, Caller caller)
    {
        CheckUnlimited(caller);
        string name = context.Route("name");
        access.Accounts.Remove(name);
        access.Log.Note(context, caller.Who, "removed an account", ("name", name));
        return context.WriteNothing();
    }

    /// <summary>Who may make an administrator may do everything; a token that is to do less cannot be let do that.</summary>
    private static void CheckUnlimited(Caller caller)
    {
        if (caller.Scope is not null)
        {
            throw ApiProblem.Forbidden(new("权限受限的令牌不能修改账号。", "A token that is limited to some permissions cannot change accounts."));
        }
    }
}
