using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Accounts;
using EdgeAgent.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Access;

/// <summary>Logins, accounts, tokens and the audit log over a real socket, under a clock of the test's.</summary>
internal sealed class AccessServer : IAsyncDisposable
{
    public const string Admin = "chief";
    public const string Password = "a bridge over nine rivers";

    private readonly TempDirectory _directory;
    private readonly bool _ownsDirectory;
    private readonly WebApplication _app;
    private readonly List<IDisposable> _clients = [];

    private AccessServer(TempDirectory? directory, FakeTimeProvider? time, AnonymousAccess anonymous)
    {
        (_directory, _ownsDirectory) = (directory ?? new TempDirectory(), directory is null);
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        Access = new WebAccess(_directory.File("hub"), LogPath, "plant", anonymous, Time);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        ApiBuilder api = new(_app, new ApiGate(Access, NullLogger<ApiGate>.Instance));
        api.MapAccess(Access, new FixedStatus(), () => "某某机械");
        foreach (AccessPermission permission in Enum.GetValues<AccessPermission>())
        {
            api.Get($"/api/probe/{permission}", permission, "For tests", (context, _) => context.WriteNothing());
            api.Post($"/api/probe/{permission}", permission, "For tests", (context, _) => context.WriteNothing());
        }
    }

    public FakeTimeProvider Time { get; }

    public WebAccess Access { get; }

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<AuditEntry> Log
    {
        get
        {
            IReadOnlyList<AuditEntry> entries = AuditChain.Read(new AuditLog(LogPath, Time).ReadAll(), out string? problem);
            Assert.Null(problem);
            return entries;
        }
    }

    public string DataDirectory => _directory.File("hub");

    public string LogPath => _directory.File("audit", "access.jsonl");

    public static async Task<AccessServer> StartAsync(
        TempDirectory? directory = null, FakeTimeProvider? time = null, AnonymousAccess anonymous = AnonymousAccess.None, bool withAdmin = true)
    {
        AccessServer server = new(directory, time, anonymous);
        if (withAdmin && server.Access.Accounts.IsEmpty)
        {
            server.Access.Accounts.CreateFirst(Admin, Password);
        }

        await server._app.StartAsync();
        server.Address = new Uri(server._app.Urls.Single());
        return server;
    }

    /// <summary>A browser of its own: cookies, and the CSRF token of its session in every request.</summary>
    public AccessBrowser NewBrowser()
    {
        AccessBrowser browser = new(Address);
        _clients.Add(browser);
        return browser;
    }

    public async Task<AccessBrowser> LoggedInAsync(AccessRole role)
    {
        AccessBrowser browser = NewBrowser();
        if (role == AccessRole.Admin)
        {
            await browser.LoginAsync(Admin, Password);
            return browser;
        }

        Account account = Access.Accounts.Find("some " + role) ?? Access.Accounts.Create("some " + role, role, Password, mustChange: false);
        await browser.LoginAsync(account.Name, Password);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _app.DisposeAsync();
        Access.Dispose();
        if (_ownsDirectory)
        {
            _directory.Dispose();
        }
    }
}

/// <summary>What a page in a browser does: keeps cookies, and sends its session's CSRF token along.</summary>
internal sealed class AccessBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };

    public string? Csrf { get; set; }

    public string? Token { get; set; }

    public string? Language { get; set; }

    /// <summary>A proxy on the same machine says that the request comes from there.</summary>
    public string? From { get; set; }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync("GET", path);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
        AddHeader(request, "X-CSRF-Token", Csrf);
        AddHeader(request, "Accept-Language", Language);
        AddHeader(request, "X-Forwarded-For", From);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await _client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> LoginAsync(string name, string password)
    {
        HttpResponseMessage answer = await SendAsync("POST", "/api/session", new { name, password });
        await TakeCsrfAsync(answer);
        return answer;
    }

    public async Task TakeCsrfAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            Csrf = (await JsonOf(answer)).GetProperty("csrf").GetString();
        }
    }

    public async Task<JsonElement> SessionAsync() => await JsonOf(await GetAsync("/api/session"));

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    public void Dispose() => _client.Dispose();

    private static void AddHeader(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
