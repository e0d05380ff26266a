using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Protocols.Mqtt.Broker;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeAgent.Broker;

/// <summary>
/// The broker of the configuration's broker section, listening on Kestrel with and without TLS. It has a server of its own,
/// so that it runs whether or not there is a web section.
/// </summary>
internal sealed class EmbeddedBroker : IHostedService, IAsyncDisposable
{
    private readonly BrokerConfig _config;
    private readonly ILoggerFactory _loggers;
    private readonly WebApplication _server;
    private readonly List<IPEndPoint> _endPoints = [];

    /// <exception cref="BrokerConfigException">A certificate cannot be read, or an address cannot be understood.</exception>
    public EmbeddedBroker(BrokerConfig config, TimeProvider time, ILoggerFactory loggers)
    {
        _config = config;
        _loggers = loggers;
        Core = new MqttBroker(BrokerSettings.OptionsOf(config), BrokerSettings.UsersOf(config), time,
            new BrokerLog(loggers.CreateLogger("EdgeAgent.Broker")));
        _server = BuildServer();
    }

    /// <summary>The broker itself, for statistics.</summary>
    public MqttBroker Core { get; }

    /// <summary>Where it listens, once started; with the real port where the configuration says 0.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => _endPoints;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        IServerAddressesFeature? addresses = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        foreach (string address in addresses?.Addresses ?? [])
        {
            BindingAddress binding = BindingAddress.Parse(address);
            _endPoints.Add(IPEndPoint.Parse($"{binding.Host}:{binding.Port}"));
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Core.DisposeAsync();
        await _server.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        await _server.DisposeAsync();
    }

    private WebApplication BuildServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_loggers);
        builder.Services.AddSingleton<IHostLifetime, ExternalLifetime>();
        builder.Services.AddSingleton(Core);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // The broker has limits of its own; Kestrel's are for HTTP.
            options.Limits.MaxConcurrentUpgradedConnections = null;
            if (_config.Listen != null)
            {
                options.Listen(BrokerSettings.EndPointOf(_config.Listen), static listen => listen.UseConnectionHandler<BrokerConnectionHandler>());
            }
            if (_config.TlsListen != null)
            {
                options.Listen(BrokerSettings.EndPointOf(_config.TlsListen), listen =>
                {
                    listen.UseHttps(BrokerCertificates.Load(_config));
                    listen.UseConnectionHandler<BrokerConnectionHandler>();
                });
            }
        });
        return builder.Build();
    }
}
