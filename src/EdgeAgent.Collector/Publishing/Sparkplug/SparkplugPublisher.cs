using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Publishing.Following;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Sparkplug;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Publishing.Sparkplug;

/// <summary>Publishes the buffer's readings as a Sparkplug B edge node.</summary>
/// <remarks>README.md beside this file tells what is sent when, and when a batch is done.</remarks>
internal sealed class SparkplugPublisher : MqttPublisher
{
    /// <summary>A death is told also where nothing may be brought out any more, to a broker that takes it at once.</summary>
    private static readonly TimeSpan FarewellMost = TimeSpan.FromSeconds(1);

    private readonly NodeInbox _inbox;
    private readonly NodeLoop _loop;

    /// <exception cref="ArgumentException">The connection's settings do not hold together, or the buffer has no cursor of this name.</exception>
    public SparkplugPublisher(
        PublisherConfig config, PublisherIdentity identity, BatchBuffer buffer, TimeProvider time, ILogger<SparkplugPublisher> logger,
        SparkplugTimes? times = null)
        : base(config, buffer, (times ??= new SparkplugTimes()).ProblemPause, time, logger)
    {
        SparkplugConfig names = config.Sparkplug ?? new SparkplugConfig();
        string? directory = identity.StateDirectory is { } state ? Path.Combine(state, config.Name) : null;
        var topics = new SparkplugNodeTopics(names.Group ?? identity.Site, names.Node ?? identity.Agent);
        var bdSeq = new BirthDeathSequence(directory is null ? null : Path.Combine(directory, "bdseq"));
        var host = new HostWatch(names.PrimaryHost is not null);
        _inbox = new NodeInbox(config.Name, topics, names.PrimaryHost, host, Wake, logger);
        var wills = new NodeEncoder(new SparkplugWriter(), time);
        Client = new MqttClient(
            BrokerConnections.OptionsOf(config, identity) with
            {
                WillSource = () =>
                {
                    wills.NodeDeath(bdSeq.Next());
                    return new MqttWill(topics.Death, wills.Writer.Written.ToArray(), MqttQos.AtLeastOnce, Retain: false);
                },
            },
            time, _inbox.HandleAsync, new NodeObserver(config.Name, Counters, Wake, host, logger));
        var model = new NodeModel(topics, device => names.DeviceIds.GetValueOrDefault(device, device));
        var figures = new NodeFigures(identity.Version, UnixTicks.Now(time));
        var session = new NodeSession(Client, topics, model, new NodeEncoder(new SparkplugWriter(), time) { TypesInData = names.TypesInData }, figures, bdSeq, names);
        _loop = new NodeLoop(
            config, buffer, Client, session, model, figures, host, _inbox, Counters, Wake, new DefinitionShelf(directory),
            times, time, logger);
    }

    protected override MqttClient Client { get; }

    protected override bool CanDrain => Client.IsConnected && _loop.IsPublishing;

    public override void Announce(PublishedPlant plant)
    {
        _loop.Announce(plant);
        Wake.Set();
    }

    protected override PublisherStatistics Count(PublisherStatistics statistics) =>
        statistics with { Unacknowledged = _loop.Unconfirmed, Waiting = _loop.IsWaiting, PassedOver = _loop.PassedOver };

    protected override void Started(CancellationToken stop) => _ = SubscribeAsync(stop);

    protected override Task StepAsync(CancellationToken stop) => _loop.StepAsync(stop);

    protected override Task DrainAsync(CancellationToken limit) => _loop.DrainAsync(limit);

    protected override async Task LeaveAsync(CancellationToken limit)
    {
        using var farewell = new CancellationTokenSource(FarewellMost, Time);
        await _loop.SayGoodbyeAsync(farewell.Token).ConfigureAwait(false);
        await Client.DisconnectWithWillAsync(farewell.Token).ConfigureAwait(false);
    }

    protected override void Release() => _loop.Dispose();

    private async Task SubscribeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Client.SubscribeAsync(_inbox.Subscriptions, stop).ConfigureAwait(false);
                _inbox.IsSubscribed = true;
                Wake.Set();
                return;
            }
            catch (MqttSubscribeException e)
            {
                Note(e.Message);
                await PauseAsync(stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
