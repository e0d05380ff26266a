using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EdgeAgent.Configuring;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Engineering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web.Engineering;

/// <summary>The engineer's API over a real socket, on a configuration in a folder; reloading does what the test says.</summary>
internal sealed class EngineeringServer : IAsyncDisposable
{
    public const string Start = """
        // The north hall.
        {
          "site": "plant",
          "agent": {
            "id": "gw-01", // in the cabinet
            "publishers": [ { "name": "hub", "brokers": ["mqtt://127.0.0.1:1883"], "user": "gw", "password": "geheim" } ],
            "endpoints": [
              {
                "name": "line-1", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": 15502 },
                "devices": [
                  { "name": "press-01", "settings": { "unitId": 1 }, "tagFile": "press.csv" } // the old one
                ]
              }
            ]
          }
        }
        """;

    private readonly TempDirectory _directory = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private EngineeringServer()
    {
        File.WriteAllText(ConfigPath, Start);
        File.WriteAllBytes(_directory.File("press.csv"), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("名称,地址\r\n温度,hr:0\r\n")]);
        Configuration = new RunningConfiguration(ConfigPath, _ => Task.FromResult(Reload()), () => Online, Time);
        Access = new WebAccess(_directory.File("hub"), _directory.File("access.jsonl"), "plant", AnonymousAccess.None, Time);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        Api = new ApiBuilder(_app, new ApiGate(Access, NullLogger<ApiGate>.Instance));
        Api.MapConfiguration(Configuration, TimeProvider.System, CancellationToken.None);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    public RunningConfiguration Configuration { get; }

    public ApiBuilder Api { get; }

    public WebAccess Access { get; }

    /// <summary>What the audit log says was done.</summary>
    public string AuditText => File.ReadAllText(_directory.File("access.jsonl"));

    public Func<ReloadReport> Reload { get; set; } = () => ReloadReport.Unchanged;

    public Dictionary<string, bool> Online { get; } = [];

    public string ConfigPath => _directory.File("config.json");

    public string Directory => _directory.Path;

    public static async Task<EngineeringServer> StartAsync()
    {
        EngineeringServer server = new();
        await server._app.StartAsync();
        server._client.BaseAddress = new Uri(server._app.Urls.Single());
        return server;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        string method, string path, object? body = null, string? ifMatch = null, AccessRole role = AccessRole.Engineer, string language = "en")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Access.Tokens.Create("test", "plant", role, TimeSpan.FromDays(1)).Text);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{ifMatch}\"");
        }

        request.Content = body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, string? ifMatch = null) => SendAsync("POST", path, body, ifMatch);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Access.Dispose();
        _directory.Dispose();
    }
}
