using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Tokens;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Assess;
using EdgeAgent.Web.LedgerPages;
using EdgeAgent.Web.Portfolio;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Assess;

/// <summary>The assessor's pages over a real socket, with a hub's folder that has a ledger of one asset and an empty store.</summary>
internal sealed class AssessServer : IAsyncDisposable
{
    public const string Site = "plant";

    private readonly TempDirectory _directory = new();
    private readonly WebApplication _app;
    private readonly ITimeSeriesStore _store;
    private readonly HttpClient _client;

    private AssessServer(FakeTimeProvider time)
    {
        Time = time;
        string ledger = _directory.File("ledger.csv");
        File.WriteAllText(ledger, "资产编号,设备名称,设备类别,状态,投用日期\r\nA-1,压机,生产设备,在用,2020-01-01\r\n");
        HubConfig hub = new() { DataDirectory = _directory.File("hub"), Ledger = ledger, Store = new StoreConfig { Path = _directory.File("store") } };
        Files = new HubFiles("hub.json", Site, hub, time);
        Tokens = new TokenFile(hub.DataDirectory, time);
        _store = StoreFactory.Create(hub, time, NullLoggerFactory.Instance);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        ApiGate gate = new(new WebAccess(hub.DataDirectory, Files.AuditLogPath, Site, AnonymousAccess.None, time), NullLogger<ApiGate>.Instance);
        ApiBuilder api = new(_app, gate);
        LedgerDesk desk = new(Files, time);
        AccountCaches accounts = new(_store);
        Source = new AssessSource(desk, _store, accounts, CancellationToken.None);
        api.MapAssess(Source);
        api.MapLedger(desk, _store);
        api.MapPortfolio(new PortfolioDesk(Files, _store, accounts, time, _ => null, CancellationToken.None));
        _client = new HttpClient();
    }

    public FakeTimeProvider Time { get; }

    public AssessSource Source { get; }

    public HubFiles Files { get; }

    public TokenFile Tokens { get; }

    /// <summary>Method and template of every endpoint.</summary>
    public IReadOnlyList<(string Method, string Path)> Endpoints => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Select(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single(), e.RoutePattern.RawText!))];

    public IReadOnlyList<AuditEntry> Log
    {
        get
        {
            IReadOnlyList<AuditEntry> entries = AuditChain.Read(new AuditLog(Files.AuditLogPath, Time).ReadAll(), out string? problem);
            Assert.Null(problem);
            return entries;
        }
    }

    public static async Task<AssessServer> StartAsync()
    {
        AssessServer server = new(new FakeTimeProvider(new DateTimeOffset(2025, 11, 20, 4, 0, 0, TimeSpan.Zero)));
        await server._store.InitializeAsync(CancellationToken.None);
        await server._app.StartAsync();
        server._client.BaseAddress = new Uri(server._app.Urls.Single());
        return server;
    }

    public ITimeSeriesStore Store => _store;

    public string TokenFor(AccessRole role, string site = Site) => Tokens.Create($"a {role}", site, role, TimeSpan.FromDays(7)).Text;

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? token, string? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body);
        return await _client.SendAsync(request);
    }

    /// <summary>Sends bytes or JSON and gives the answer's JSON, after checking its status.</summary>
    public async Task<JsonElement> AskAsync(string method, string path, AccessRole role, HttpStatusCode expected, string? json = null, byte[]? file = null, string language = "zh")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(role));
        request.Headers.AcceptLanguage.ParseAdd(language);
        request.Headers.ExpectContinue = file?.Length > 1 << 20; // what is refused for its size is not sent then
        request.Content = file is not null ? new ByteArrayContent(file) : json is not null ? new StringContent(json, Encoding.UTF8, "application/json") : null;
        using HttpResponseMessage answer = await _client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {answer.StatusCode}, {expected} expected: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }
}
