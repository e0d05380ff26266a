using System.Net;
using EdgeAgent.Assessment.Challenge;
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
        TimeProvider time = TimeProvider.System;
        ApiGate gate = new(
            new CallerReader(new TokenFile(directory.Path, time), "plant"), new AccessLog(new AuditLog(directory.File("access.jsonl"), time), time),
            AnonymousAccess.State, NullLogger<ApiGate>.Instance);
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
