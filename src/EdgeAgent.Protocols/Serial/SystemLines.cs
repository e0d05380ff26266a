using EdgeAgent.Protocols.Serial.Linux;

namespace EdgeAgent.Protocols.Serial;

/// <summary>Opens the real thing: serial ports of this machine and connections to serial servers.</summary>
public sealed class SystemLines(TimeProvider time) : ILineOpener
{
    public async ValueTask<ILine> OpenAsync(LinePlace place, CancellationToken cancellation) => place switch
    {
        SerialPlace serial => OpenSerial(serial),
        TcpPlace tcp => await TcpLine.ConnectAsync(tcp, time, cancellation).ConfigureAwait(false),
        _ => throw new NotSupportedException($"no line for {place}"),
    };

    private ILine OpenSerial(SerialPlace place)
    {
        place.Settings.Validate();
        if (!OperatingSystem.IsLinux())
        {
            throw new LineOpenException(
                $"{place.Port}: serial ports can be opened on Linux only, and this is {Environment.OSVersion.Platform} ({Environment.OSVersion.VersionString}); "
                + "use a serial server over TCP here, or run the agent on Linux");
        }

        return new SerialLine(place, LinuxPort.Open(place), time);
    }
}
