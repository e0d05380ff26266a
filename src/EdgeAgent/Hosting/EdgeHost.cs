using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;

namespace EdgeAgent.Hosting;

/// <summary>A process made of a configuration: broker, hub and agent, as many of them as have a section, and the web pages.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EdgeHost(IHost host) => _host = host;

    /// <summary>The agent, or null on a hub.</summary>
    public AgentRole? Agent => _host.Services.GetService<AgentRole>();

    /// <summary>The hub, or null on a gateway.</summary>
    public HubRole? Hub => _host.Services.GetService<HubRole>();

    public RoleService Roles => _host.Services.GetRequiredService<RoleService>();

    /// <summary>Where the web pages are, once started; null without a web section.</summary>
    public string? WebAddress => (_host as WebApplication)?.Urls.FirstOrDefault();

    /// <summary>Every route that there is; empty without a web section.</summary>
    public IReadOnlyList<Endpoint> Routes => _host is IEndpointRouteBuilder routes ? [.. routes.DataSources.SelectMany(source => source.Endpoints)] : [];

    /// <summary>Who may ask what; null without a web section.</summary>
    public WebAccess? Access => _host.Services.GetService<WebAccess>();

    public static EdgeHost Build(LoadedConfig loaded, EdgeHostOptions options)
    {
        AppConfig config = loaded.Config is { } checkedConfig && !loaded.Errors.Any
            ? checkedConfig
            : throw new ArgumentException("The configuration has errors.", nameof(loaded));
        return new EdgeHost(config.Web is { } web ? WebHost.Build(loaded, config, web, options) : BuildPlain(loaded, config, options));
    }

    /// <summary>Runs until asked to stop, and gives the exit code.</summary>
    public Task<int> RunAsync(CancellationToken stop) => HostRun.RunAsync(_host, stop);

    /// <summary>Starts without waiting for the end; <see cref="StopAsync"/> has to follow.</summary>
    public Task StartAsync(CancellationToken cancellation) => _host.StartAsync(cancellation);

    public async Task StopAsync(CancellationToken cancellation) => await _host.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }

    /// <summary>No HTTP server at all: a gateway without a web section starts sooner and opens no port.</summary>
    private static IHost BuildPlain(LoadedConfig loaded, AppConfig config, EdgeHostOptions options)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        EdgeServices.Add(builder.Services, builder.Logging, loaded, config, options);
        return builder.Build();
    }
}
