using EdgeAgent.Hosting;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Sessions;

/// <summary>First start, login, logout, and one's own password.</summary>
internal sealed class SessionPages(WebAccess access, IStatusSource source, Func<string> enterprise)
{
    public void Map(ApiBuilder api)
    {
        api.Get("/api/session", AccessPermission.Anyone, "Who is logged in, and what a page has to know first", async (context, caller) => await WriteAsync(context, caller, StatusCodes.Status200OK))
            .Gives(AccessApiJson.Default.SessionView, "Always; name is null without a login");
        api.Post("/api/first-start", AccessPermission.Anyone, "Make the administrator of a new installation, and log him in", (context, _) => FirstStartAsync(context))
            .Takes(AccessApiJson.Default.FirstStartBody).Gives(AccessApiJson.Default.SessionView, "He is logged in", StatusCodes.Status201Created)
            .Fails(StatusCodes.Status409Conflict, "There is an administrator already.").Fails(StatusCodes.Status429TooManyRequests, "Too many wrong codes; Retry-After says for how long.");
        api.Post("/api/session", AccessPermission.Anyone, "Log in", (context, _) => LoginAsync(context))
            .Takes(AccessApiJson.Default.LoginBody).Gives(AccessApiJson.Default.SessionView, "Logged in; the answer sets the cookie", StatusCodes.Status201Created)
            .Fails(StatusCodes.Status401Unauthorized, "Name or password are wrong.")
            .Fails(StatusCodes.Status429TooManyRequests, $"{LoginGuard.WrongMax} wrong attempts within {LoginGuard.Window.TotalMinutes} min for this name or from this address; Retry-After says for how long.");
        api.Delete("/api/session", AccessPermission.SignedIn, "Log out", (context, caller) => LogoutAsync(context, caller)).GivesNothing("Logged out");
        api.Post("/api/session/password", AccessPermission.SignedIn, "Change one's own password; all other sessions of the account end", ChangePasswordAsync)
            .Takes(AccessApiJson.Default.PasswordBody).Gives(AccessApiJson.Default.SessionView, "Changed; the answer sets a new cookie")
            .Fails(StatusCodes.Status429TooManyRequests, "Too many wrong attempts; Retry-After says for how long.");
    }

    private async Task FirstStartAsync(HttpContext context)
    {
        FirstStartBody body = await context.ReadJsonAsync(AccessApiJson.Default.FirstStartBody);
        if (!access.FirstStart.IsOpen)
        {
            throw ApiProblem.Conflict(new("已有管理员账号，请登录。", "There is an administrator already; log in."));
        }

        if (!ClientAddress.IsLocal(context) && await access.Login.TryAsync(context, "(setup code)", "(setup code)", () => access.FirstStart.Matches(body.SetupCode) ? access.FirstStart : null) is null)
        {
            throw new ApiProblem(StatusCodes.Status403Forbidden, new(
                "安装码不正确。安装码在程序启动时写入其日志；在程序所在的机器上打开页面则不需要。",
                "The setup code is wrong. The program writes it to its log when it starts; a page opened on the program's own machine needs none.")) { Code = "setup-code" };
        }

        Account account = await Task.Run(() => access.Accounts.CreateFirst(body.Name, body.Password));
        access.Log.Note(context, account.Name, "first administrator made");
        await BeginAsync(context, account, StatusCodes.Status201Created);
    }

    private async Task LoginAsync(HttpContext context)
    {
        LoginBody body = await context.ReadJsonAsync(AccessApiJson.Default.LoginBody);
        Account account = await access.Login.CheckAsync(context, body.Name, body.Password);
        access.Log.Note(context, account.Name, "logged in", ("role", account.Role.ToString()));
        access.Accounts.NoteLogin(account.Name);
        await BeginAsync(context, account, StatusCodes.Status201Created);
    }

    private Task LogoutAsync(HttpContext context, Caller caller)
    {
        if (caller.Kind == CallerKind.Session && SessionCookie.Read(context) is { } id && access.Sessions.Use(id) is { } found)
        {
            access.Sessions.End(found.Session);
            SessionCookie.Remove(context);
        }

        return context.WriteNothing();
    }

    private async Task ChangePasswordAsync(HttpContext context, Caller caller)
    {
        if (caller.Kind != CallerKind.Session)
        {
            throw ApiProblem.Forbidden(new("令牌没有密码；请登录后修改。", "A token has no password; log in to change yours."));
        }

        PasswordBody body = await context.ReadJsonAsync(AccessApiJson.Default.PasswordBody);
        await access.Login.CheckAsync(context, caller.Name, body.Current);
        if (body.Password == body.Current)
        {
            throw new ApiProblem(StatusCodes.Status400BadRequest, new("新密码不能与旧密码相同。", "The new password is the old one.")) { Code = "weak-password" };
        }

        Account account = await Task.Run(() => access.Accounts.SetPassword(caller.Name, body.Password, mustChange: false));
        access.Log.Note(context, caller.Who, "changed his password");
        await BeginAsync(context, account, StatusCodes.Status200OK);
    }

    /// <summary>Always a new session with a new id: one that somebody knew before the login is worth nothing after it.</summary>
    private Task BeginAsync(HttpContext context, Account account, int status)
    {
        if (SessionCookie.Read(context) is { } before && access.Sessions.Use(before) is { } old)
        {
            access.Sessions.End(old.Session);
        }

        (Session session, string id) = access.Sessions.Begin(account, ClientAddress.Of(context).ToString());
        SessionCookie.Write(context, id);
        return WriteAsync(context, access.Callers.Of(session, account), status);
    }

    private async Task WriteAsync(HttpContext context, Caller caller, int status)
    {
        bool firstStart = access.FirstStart.IsOpen;
        SessionView view = new(
            firstStart,
            firstStart && !ClientAddress.IsLocal(context),
            caller.Role is null ? null : caller.Name,
            caller.Role,
            [.. Enum.GetValues<AccessPermission>().Where(p => AccessPolicy.Allows(caller, p, access.Anonymous))],
            caller.Csrf,
            access.Anonymous.ToString().ToLowerInvariant(),
            caller.MustChangePassword,
            access.Callers.Site,
            enterprise(),
            await source.IsSimulatedAsync(context.RequestAborted),
            ProgramVersion.Text,
            access.Time.GetUtcNow());
        await context.WriteJsonAsync(view, AccessApiJson.Default.SessionView, status);
    }
}
