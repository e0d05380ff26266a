using System.Net;
using System.Net.Http.Headers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;
using EdgeAgent.Tests.Web.Access;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Web.Api;

/// <summary>The program as it is run, with every endpoint that it has: an all-in-one, or a gateway.</summary>
public sealed class WholeProgram : IAsyncLifetime
{
    private const string Site = "plant";

    private readonly TempDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
    private Task _running = Task.CompletedTask;

    internal EdgeHost Host { get; private set; } = null!;

    internal WebAccess Access => Host.Access!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the hub keeps its registry of agents, which the command line opens beside it.</summary>
    public string HubDirectory => _directory.File("hub");

    /// <summary>Method and path of every endpoint, as it is written in the list of who may what.</summary>
    internal IReadOnlyList<ApiEndpoint> Endpoints => [.. Host.Routes.Select(r => r.Metadata.GetMetadata<ApiEndpoint>()).OfType<ApiEndpoint>()];

    public async Task InitializeAsync()
    {
        string file = _directory.File("all.json");
        await File.WriteAllTextAsync(file, $$"""
            { "site": "{{Site}}", "web": { "listen": "127.0.0.1:0" }, "broker": { "listen": "127.0.0.1:{{FreePort.Tcp()}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" } },
              "agent": { "id": "gw", "dataDirectory": "agent", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:1" ] } ] } }
            """);
        LoadedConfig loaded = ConfigLoading.Load(file);
        Assert.Empty(loaded.Errors);
        Host = EdgeHost.Build(loaded, new EdgeHostOptions(TimeProvider.System, ReloadFrom: file, LevelLeast: LogLevel.Critical));
        _running = Host.RunAsync(_stop.Token);
        await Host.Roles.Started.WaitAsync(TimeSpan.FromSeconds(60));
        Address = new Uri(Host.WebAddress!);
        Access.Accounts.CreateFirst(AccessServer.Admin, AccessServer.Password);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await Host.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
        _directory.Dispose();
    }

    internal string TokenFor(AccessRole role) => Access.Tokens.Create("for tests", Site, role, TimeSpan.FromDays(1)).Text;

    /// <summary>Sends what an endpoint takes in form, if not in content, and gives the status and the code of a problem.</summary>
    internal async Task<(HttpStatusCode Status, string? Code)> AskAsync(ApiEndpoint endpoint, string? token, string? cookie = null, string? csrf = null)
    {
        string path = string.Join('/', endpoint.Path.Split('/').Select(p => p is ['{', .., '}'] ? "none" : p));
        using HttpRequestMessage request = new(new HttpMethod(endpoint.Method), new Uri(Address, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (csrf is not null)
        {
            request.Headers.Add("X-CSRF-Token", csrf);
        }

        request.Content = endpoint.Request is null ? null : new StringContent("neither JSON nor a file");
        // Streams have no end to wait for.
        using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        string? code = answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && (await AccessBrowser.JsonOf(answer)).TryGetProperty("code", out System.Text.Json.JsonElement value) ? value.GetString() : null;
        return (answer.StatusCode, code);
    }
}
