using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt.Client;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>Publishes the buffer's readings as JSON by the templates of its routes.</summary>
/// <remarks>README.md beside this file tells how templates are written, and when a batch is done.</remarks>
internal sealed class JsonPublisher : MqttPublisher
{
    private readonly JsonLoop _loop;
    private readonly JsonStatus? _status;
    private int _toldOver;

    /// <exception cref="ArgumentException">The settings do not hold together, or the buffer has no cursor of this name.</exception>
    public JsonPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<JsonPublisher> logger,
        TimeSpan? problemPause = null)
        : base(config, buffer, problemPause ?? TimeSpan.FromSeconds(1), time, logger)
    {
        var errors = new ConfigErrors();
        JsonPublishConfig json = config.Json ?? new JsonPublishConfig { Routes = [] };
        IReadOnlyList<JsonRoute> routes = JsonRoute.Compile(json, ConfigPath.Root, errors);
        _status = JsonStatus.Compile(json.Status, identity, ConfigPath.Root.Member("status"), errors);
        if (errors.Any)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(config));
        }

        string? directory = identity.StateDirectory is { } state ? Path.Combine(state, config.Name) : null;
        Client = new MqttClient(
            BrokerConnections.OptionsOf(config, identity) with { Will = _status?.Will }, time, handler: null, new ConnectionObserver(config.Name, Counters, Wake, logger));
        _loop = new JsonLoop(config, identity, routes, buffer, Client, Counters, Wake, new DefinitionShelf(directory), time, logger);
    }

    protected override MqttClient Client { get; }

    public override void Announce(PublishedPlant plant)
    {
        _loop.Announce(plant);
        Wake.Set();
    }

    protected override PublisherStatistics Count(PublisherStatistics statistics) =>
        statistics with { InFlight = _loop.InFlight, Unacknowledged = _loop.Unconfirmed, PassedOver = _loop.PassedOver };

    protected override async Task StepAsync(CancellationToken stop)
    {
        await Client.WaitConnectedAsync(stop).ConfigureAwait(false);
        int connection = Counters.Connections;
        if (_status is not null && _toldOver != connection && await _status.PublishAsync(Client, online: true, stop).ConfigureAwait(false) is { } problem)
        {
            Note(problem);
        }

        _toldOver = connection;
        await _loop.RunConnectionAsync(stop).ConfigureAwait(false);
    }

    protected override bool IsExpected(Exception problem) => problem is JsonRefusedException || base.IsExpected(problem);

    protected override Task DrainAsync(CancellationToken limit) => _loop.DrainAsync(limit);

    protected override async Task LeaveAsync(CancellationToken limit)
    {
        if (_status is not null && Client.IsConnected)
        {
            await _status.PublishAsync(Client, online: false, limit).ConfigureAwait(false);
        }

        await base.LeaveAsync(limit).ConfigureAwait(false);
    }

    protected override void Release() => _loop.Dispose();
}
