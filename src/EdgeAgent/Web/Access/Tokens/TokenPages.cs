using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Access.Tokens;

/// <summary>The API tokens, for administrators.</summary>
internal sealed class TokenPages(WebAccess access)
{
    public const int DaysMax = 400;
    private const int NameMax = 200;

    public void Map(ApiBuilder api)
    {
        api.Get("/api/tokens", AccessPermission.ManageTokens, "All tokens ever made, without their secrets", ListAsync)
            .Paged().Gives(AccessApiJson.Default.ApiPageTokenView, "Newest first");
        api.Post("/api/tokens", AccessPermission.ManageTokens, "Make a token for a program, or for somebody without an account", CreateAsync)
            .Takes(AccessApiJson.Default.NewTokenBody).Gives(AccessApiJson.Default.MadeToken, "The token, shown this once", StatusCodes.Status201Created);
        api.Delete("/api/tokens/{id}", AccessPermission.ManageTokens, "Revoke a token", RevokeAsync)
            .Route("id", "Id of the token.").GivesNothing("It opens nothing from now on").Fails(StatusCodes.Status404NotFound, "There is no such token, or it was revoked before.");
    }

    private Task ListAsync(HttpContext context, Caller caller)
    {
        DateTimeOffset now = access.Time.GetUtcNow();
        return context.WriteJsonAsync(
            PageRequest.Of(context).Cut<TokenView>([.. access.Tokens.List().Where(t => t.Site == access.Callers.Site).Reverse().Select(t => TokenView.Of(t, now))]),
            AccessApiJson.Default.ApiPageTokenView);
    }

    private async Task CreateAsync(HttpContext context, Caller caller)
    {
        NewTokenBody body = await context.ReadJsonAsync(AccessApiJson.Default.NewTokenBody);
        if (body.Days is < 1 or > DaysMax || body.Name.Trim().Length is 0 or > NameMax || body.Permissions is { Count: 0 })
        {
            throw ApiProblem.BadRequest(new(
                $"名称须为 1 到 {NameMax} 个字符，days 须为 1 到 {DaysMax}，permissions 不能为空列表。",
                $"A name has 1 to {NameMax} characters, days is 1 to {DaysMax}, and permissions is no empty list."));
        }

        foreach (AccessPermission permission in body.Permissions ?? [])
        {
            if (!AccessPolicy.Allows(body.Role, permission))
            {
                throw ApiProblem.BadRequest(new($"角色 {body.Role} 没有权限 {permission}。", $"Role {body.Role} does not have the permission {permission}."));
            }
        }

        CheckWithin(caller, body);
        (AccessToken token, string text) = access.Tokens.Create(body.Name.Trim(), access.Callers.Site, body.Role, TimeSpan.FromDays(body.Days), body.Permissions);
        access.Log.Note(context, caller.Who, "made a token", ("id", token.Id), ("name", token.Name), ("role", token.Role.ToString()), ("permissions", string.Join(' ', token.Permissions ?? [])));
        await context.WriteJsonAsync(new MadeToken(text, TokenView.Of(token, access.Time.GetUtcNow())), AccessApiJson.Default.MadeToken, StatusCodes.Status201Created);
    }

    private Task RevokeAsync(HttpContext context, Caller caller)
    {
        string id = context.Route("id");
        if (!access.Tokens.Revoke(id))
        {
            throw ApiProblem.NotFound(new($"没有可以吊销的令牌 {id}。", $"There is no token {id} that could be revoked."));
        }

        access.Log.Note(context, caller.Who, "revoked a token", ("id", id));
        return context.WriteNothing();
    }

    /// <summary>A limited token cannot make one that may do more than itself.</summary>
    private static void CheckWithin(Caller caller, NewTokenBody body)
    {
        if (caller.Scope is { } scope && (body.Permissions is null || body.Permissions.Except(scope).Any()))
        {
            throw ApiProblem.Forbidden(new("新令牌的权限不能超出当前令牌。", "A limited token can only make tokens that may do no more than itself."));
        }
    }
}
