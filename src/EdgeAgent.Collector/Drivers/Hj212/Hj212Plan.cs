using System.Net;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Receiving.Inlets;
using EdgeAgent.Protocols.Serial;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>One logger, checked.</summary>
internal sealed record Hj212LoggerPlan(int Index, byte[] Machine, byte[]? Password, Hj212Tag[] Tags);

/// <summary>A checked endpoint of data loggers, ready to be opened.</summary>
internal sealed record Hj212Plan(
    string Name,
    Hj212EndpointSettings Settings,
    LinePlace? Place,
    IPEndPoint? Listen,
    IReadOnlyList<Hj212LoggerPlan> Loggers,
    IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan, ILinePlan
{
    /// <summary>Room for a park of loggers and for those that dial again before their old connection is noticed as dead.</summary>
    private const int PeersMax = 1024;

    public SerialPlace? Port => Place as SerialPlace;

    /// <summary>Loggers send when they see fit, so what they take of the line cannot be told.</summary>
    public TimeSpan TimeOf(ScanGroup group) => TimeSpan.Zero;

    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous)
    {
        var inbox = new ReadingInbox();
        IInlet inlet = Place is not null
            ? new LineInlet(Place, new SystemLines(services.Time))
            : new ListeningInlet(Listen!.Address, Listen.Port, PeersMax, problem => inbox.Report(-1, problem));
        var seen = new SeenList(services.Time, services.Loggers.CreateLogger("EdgeAgent.Endpoint." + Name));
        return new Hj212Endpoint(this, inlet, inbox, seen, services.Time);
    }
}
