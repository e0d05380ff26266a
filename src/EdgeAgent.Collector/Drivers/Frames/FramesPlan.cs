using System.Net;
using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Receiving.Inlets;
using EdgeAgent.Protocols.Frames;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>A checked endpoint of devices with frames of their own form, ready to be opened.</summary>
/// <param name="Place">Where the line is, or null when devices dial in.</param>
/// <param name="Listen">Where they do.</param>
/// <param name="Command">What makes a device send, or null.</param>
internal sealed record FramesPlan(
    FramesEndpointSettings Settings,
    LinePlace? Place,
    IPEndPoint? Listen,
    FrameRule Rule,
    byte[]? Command,
    Encoding Encoding,
    IReadOnlyList<FrameDevice> FrameDevices,
    IReadOnlyList<DevicePlan> Devices) : IPushedEndpointPlan, ILinePlan
{
    /// <summary>More devices do not dial in at one port of one line.</summary>
    private const int PeersMax = 256;

    public SerialPlace? Port => Place as SerialPlace;

    /// <summary>Devices send when they see fit, so what they take of the line cannot be told; a command takes its own time.</summary>
    public TimeSpan TimeOf(ScanGroup group) => Command is not null && Port is { } port ? port.Settings.TimeOf(Command.Length) : TimeSpan.Zero;

    public IPushedEndpoint Open(EndpointServices services, IPushedEndpoint? previous) => Open(services, new SystemLines(services.Time));

    internal IPushedEndpoint Open(EndpointServices services, ILineOpener lines)
    {
        var inbox = new ReadingInbox();
        IInlet inlet = Place is not null
            ? new LineInlet(Place, lines)
            : new ListeningInlet(Listen!.Address, Listen.Port, PeersMax, problem => inbox.Report(-1, problem));
        return new FramesEndpoint(this, inlet, inbox, services.Time);
    }
}
