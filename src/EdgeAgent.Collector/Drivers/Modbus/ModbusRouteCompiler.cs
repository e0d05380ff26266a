using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Checks which settings a route needs and which have no meaning on it, and makes the client's options of them.</summary>
internal sealed class ModbusRouteCompiler(string driverName, ModbusRoute route, ConfigErrors errors)
{
    public ModbusClientOptions? Compile(ModbusEndpointSettings settings, ConfigPath path)
    {
        int before = errors.Total;
        ModbusFraming framing = settings.Framing ?? (route is ModbusRoute.Tcp or ModbusRoute.Udp ? ModbusFraming.Mbap : ModbusFraming.Rtu);
        CheckFraming(settings, framing, path);
        ModbusTransport? transport = route == ModbusRoute.Listen ? ListenTransport(settings, framing, path) : OutgoingTransport(settings, framing, path);
        return errors.Total > before ? null : new ModbusClientOptions
        {
            Transport = transport!,
            ResponseTimeoutMs = settings.ResponseTimeoutMs,
            ConnectTimeoutMs = settings.ConnectTimeoutMs,
            MaxInFlight = settings.MaxInFlight,
        };
    }

    private void CheckFraming(ModbusEndpointSettings settings, ModbusFraming framing, ConfigPath path)
    {
        if (route == ModbusRoute.Tcp && framing != ModbusFraming.Mbap)
        {
            errors.Add(path.Member("framing"), $"{driverName} has no {Name(framing)} framing", "mbap", "the driver modbus-rtu-over-tcp");
        }
        else if (route == ModbusRoute.SerialOverTcp && framing == ModbusFraming.Mbap)
        {
            errors.Add(path.Member("framing"), $"{driverName} has no mbap framing", "rtu or ascii", "the driver modbus-tcp");
        }

        if (settings.MaxInFlight > 1 && framing != ModbusFraming.Mbap)
        {
            errors.Add(path.Member("maxInFlight"), $"{Name(framing)} frames carry no transaction id, so answers cannot be told apart", "1", "leave it out");
        }

        if (settings.MaxInFlight > 1 && settings.PauseMs > 0)
        {
            errors.Add(path.Member("maxInFlight"), "pauses between requests and several requests at once exclude each other", "1", "leave one of the two out");
        }
    }

    private ModbusTransport? OutgoingTransport(ModbusEndpointSettings settings, ModbusFraming framing, ConfigPath path)
    {
        Refuse(settings.Bind, path.Member("bind"));
        Refuse(settings.Registration, path.Member("registration"));
        string host = settings.Host?.Trim() ?? "";
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            errors.Add(path.Member("host"), host.Length == 0 ? "missing" : $"'{host}' is no host", "a host name or an IP address", "\"host\": \"192.168.1.10\"");
            return null;
        }

        int port = settings.Port ?? ModbusTransport.DefaultPort;
        return route == ModbusRoute.Udp ? ModbusTransport.Udp(host, port, framing)
            : framing switch
            {
                ModbusFraming.Rtu => ModbusTransport.RtuOverTcp(host, port),
                ModbusFraming.Ascii => ModbusTransport.AsciiOverTcp(host, port),
                _ => ModbusTransport.Tcp(host, port),
            };
    }

    private ModbusTransport? ListenTransport(ModbusEndpointSettings settings, ModbusFraming framing, ConfigPath path)
    {
        if (settings.Host is not null)
        {
            errors.Add(path.Member("host"), $"{driverName} waits for devices to dial in and calls no one", "no host", "\"bind\" for the local address");
        }

        if (settings.Port is null)
        {
            errors.Add(path.Member("port"), "missing", "the port on which devices dial in", "\"port\": 8502");
        }

        IPAddress? address = IPAddress.Any;
        if (settings.Bind is { } bind && !IPAddress.TryParse(bind, out address))
        {
            errors.Add(path.Member("bind"), $"'{bind}' is no IP address", "an address of this machine", "\"0.0.0.0\" for every interface");
        }

        return TryBytes(settings.Registration, path.Member("registration"), out byte[]? registration)
            && address is not null && settings.Port is { } port
            ? ModbusTransport.Listen(address, port, framing, registration)
            : null;
    }

    private bool TryBytes(string? text, ConfigPath path, [NotNullWhen(true)] out byte[]? bytes)
    {
        const string hex = "hex:";
        if (text is null || !text.StartsWith(hex, StringComparison.OrdinalIgnoreCase))
        {
            bytes = Encoding.UTF8.GetBytes(text ?? "");
            return true;
        }

        try
        {
            bytes = Convert.FromHexString(text.AsSpan(hex.Length).ToString().Replace(" ", "", StringComparison.Ordinal));
            return true;
        }
        catch (FormatException)
        {
            errors.Add(path, "not hexadecimal", "pairs of hexadecimal digits after hex:", "\"hex:01 0A FF\"");
            bytes = null;
            return false;
        }
    }

    private void Refuse(string? value, ConfigPath path)
    {
        if (value is not null)
        {
            errors.Add(path, $"has no meaning for {driverName}", "nothing here", "the driver modbus-listen");
        }
    }

    private static string Name(ModbusFraming framing) => framing.ToString().ToLowerInvariant();
}
