using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.TestKit;
using EdgeAgent.Web;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Web;

/// <summary>The web pages over a real socket.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempDirectory _directory;

    private WebServer(WebApplication app, TempDirectory directory)
    {
        (_app, _directory) = (app, directory);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<WebServer> StartAsync(IStatusSource source)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.UseRouting();
        TempDirectory directory = new();
        WebAccess access = new(directory.Path, directory.File("access.jsonl"), "plant", AnonymousAccess.State, TimeProvider.System);
        ApiGate gate = new(access, NullLogger<ApiGate>.Instance);
        new ApiBuilder(app, gate).MapEdgeAgent(source, new WebConfig());
        await app.StartAsync();
        return new WebServer(app, directory);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }
}
