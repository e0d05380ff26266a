using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>Opens a serial line, each time anew by its path, so that an adapter that was plugged elsewhere is found.</summary>
internal sealed class LineLinkSource(ModbusSerialTransport transport, ILineOpener lines) : LinkSource
{
    public override string TimeoutText => "the port did not open";

    public override async Task<ModbusLink> OpenAsync(CancellationToken cancellation)
    {
        var settings = transport.Place.Settings;
        var line = await lines.OpenAsync(transport.Place, cancellation).ConfigureAwait(false);
        return new LineLink(line, settings, transport.Framing == ModbusFraming.Rtu ? RtuTiming.FrameSilence(settings) : TimeSpan.Zero);
    }
}
