using System.Net;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Access.Sessions;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Tests.Web.Api;

/// <summary>Every endpoint for every kind of caller, against the list in access.txt.</summary>
public sealed class AuthorizationTests(WholeProgram program) : IClassFixture<WholeProgram>
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Web", "Api", "access.txt");

    /// <summary>Who may what, written out once more by hand: a change of the policy, or an endpoint that is opened, must be meant.</summary>
    private static readonly Dictionary<string, AccessRole?[]> Allowed = System.IO.File.ReadLines(File).Where(l => l.Length > 0 && l[0] != '#')
        .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(w => $"{w[0]} {w[1]}", w => w[2..].Select(name => name == "anonymous" ? (AccessRole?)null : Enum.Parse<AccessRole>(name, ignoreCase: true)).ToArray());

    [Fact]
    public void Every_endpoint_is_in_the_list_and_nothing_else_is()
    {
        string[] endpoints = [.. program.Endpoints.Select(Name)];
        Assert.Equal(endpoints.Length, endpoints.Distinct().Count());
        string[] missing = [.. program.Endpoints.Where(e => !Allowed.ContainsKey(Name(e)))
            .Select(e => $"{Name(e)} {string.Join(' ', Callers().Where(role => ByPolicy(role, e)).Select(role => role?.ToString().ToLowerInvariant() ?? "anonymous"))}")];
        Assert.True(missing.Length == 0, $"Not in {File}. What the policy says, if that is what is meant:\n{string.Join('\n', missing)}");
        Assert.Empty(Allowed.Keys.Except(endpoints));
    }

    [Fact]
    public void No_route_is_mapped_beside_the_frame() =>
        Assert.All(program.Host.Routes, route => Assert.NotNull(route.Metadata.GetMetadata<ApiEndpoint>()));

    [Fact]
    public async Task Every_endpoint_answers_nobody_and_every_token_as_the_list_says()
    {
        List<string> wrong = [];
        foreach (AccessRole? role in Callers())
        {
            string? token = role is { } known ? program.TokenFor(known) : null;
            foreach (ApiEndpoint endpoint in program.Endpoints)
            {
                (HttpStatusCode status, string? code) = await program.AskAsync(endpoint, token);
                Compare(wrong, $"token of {role}", endpoint, role, status, code);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_endpoint_answers_every_session_as_the_list_says_and_no_change_without_the_csrf_token()
    {
        List<string> wrong = [];
        foreach (AccessRole role in Enum.GetValues<AccessRole>())
        {
            Account account = program.Access.Accounts.Create("a " + role, role, Access.AccessServer.Password, mustChange: false);
            foreach (ApiEndpoint endpoint in program.Endpoints)
            {
                // A session for each question: some endpoints end it.
                (Session session, string id) = program.Access.Sessions.Begin(account, "127.0.0.1");
                string cookie = $"{SessionCookie.NameOf(program.Address.Port)}={id}";
                if (endpoint.Method != "GET" && endpoint.Permission != AccessPermission.Anyone && AllowedFor(endpoint, role))
                {
                    foreach (string? csrf in new[] { null, "wrong" })
                    {
                        (HttpStatusCode refused, string? why) = await program.AskAsync(endpoint, null, cookie, csrf);
                        if ((refused, why) != (HttpStatusCode.Forbidden, "csrf"))
                        {
                            wrong.Add($"session of {role}, csrf {csrf ?? "missing"}: {Name(endpoint)} answers {refused} {why}");
                        }
                    }
                }

                (HttpStatusCode status, string? code) = await program.AskAsync(endpoint, null, cookie, session.Csrf);
                Compare(wrong, $"session of {role}", endpoint, role, status, code);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Compare(List<string> wrong, string who, ApiEndpoint endpoint, AccessRole? role, HttpStatusCode status, string? code)
    {
        (HttpStatusCode, string?) refusal = role is null ? (HttpStatusCode.Unauthorized, "login-needed") : (HttpStatusCode.Forbidden, "no-permission");
        bool isRefused = code is "login-needed" or "no-permission" or "other-site" or "csrf" or "password-change-needed";
        bool isAllowed = AllowedFor(endpoint, role);
        if (isAllowed ? isRefused || status == HttpStatusCode.InternalServerError : (status, code) != refusal)
        {
            wrong.Add($"{who}: {Name(endpoint)} answers {(int)status} {code}, expected {(isAllowed ? "to be open" : "to be closed")}");
        }
    }

    private static bool AllowedFor(ApiEndpoint endpoint, AccessRole? role) => Allowed.TryGetValue(Name(endpoint), out AccessRole?[]? roles) && roles.Contains(role);

    private static bool ByPolicy(AccessRole? role, ApiEndpoint endpoint) =>
        role is { } known ? AccessPolicy.Allows(known, endpoint.Permission) : endpoint.Permission == AccessPermission.Anyone;

    private static IEnumerable<AccessRole?> Callers() => [null, .. Enum.GetValues<AccessRole>().Cast<AccessRole?>()];

    private static string Name(ApiEndpoint endpoint) => $"{endpoint.Method} {endpoint.Path}";
}
