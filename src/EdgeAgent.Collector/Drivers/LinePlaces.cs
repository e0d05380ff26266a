using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers;

/// <summary>Makes a place out of settings that name either a serial port or a serial server, for every driver that stands on a line.</summary>
internal static class LinePlaces
{
    /// <param name="usual">What the driver's protocol usually uses on a port.</param>
    /// <param name="path">Where the settings are that have the members serial, host and port.</param>
    /// <returns>Null when there was an error.</returns>
    public static LinePlace? Compile(
        SerialLineSettings? serial, string? host, int? port, int connectTimeoutMs, SerialSettings usual, ConfigPath path, ConfigErrors errors)
    {
        const string example = "\"serial\": { \"port\": \"/dev/ttyUSB0\" }, or \"host\": \"192.168.1.20\", \"port\": 4001";
        if (serial is not null)
        {
            if (host is not null || port is not null)
            {
                errors.Add(path.Member(host is null ? "port" : "host"), "a serial port and a serial server at once", "one of the two", example);
            }

            return serial.Compile(usual, path.Member("serial"), errors);
        }

        if (host is null)
        {
            errors.Add(path.Member("serial"), "missing", "a serial port, or the host and port of a serial server", example);
            return null;
        }

        if (Uri.CheckHostName(host.Trim()) == UriHostNameType.Unknown)
        {
            errors.Add(path.Member("host"), $"'{host}' is no host", "a host name or an IP address", example);
        }

        if (port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port of the serial server", example);
            return null;
        }

        return new TcpPlace(host.Trim(), port.Value, connectTimeoutMs);
    }

    /// <summary>The place as a part of a device's address.</summary>
    public static string AddressOf(LinePlace place) => place switch
    {
        SerialPlace serial => serial.Port,
        TcpPlace tcp => $"{tcp.Host}:{tcp.Port}",
        _ => throw new InvalidOperationException($"No address for {place}."),
    };
}
