using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Modbus;

/// <summary>Checks which settings a route needs and which have no meaning on it, and makes the client's options of them.</summary>
internal sealed class ModbusRouteCompiler(string driverName, ModbusRoute route, ConfigErrors errors)
{
    public ModbusClientOptions? Compile(ModbusEndpointSettings settings, ConfigPath path)
    {
        int before = errors.Total;
        ModbusFraming framing = settings.Framing ?? route switch
        {
            ModbusRoute.Tcp or ModbusRoute.Udp => ModbusFraming.Mbap,
            ModbusRoute.SerialAscii => ModbusFraming.Ascii,
            _ => ModbusFraming.Rtu,
        };
        CheckFraming(settings, framing, path);
        ModbusTransport? transport = route switch
        {
            ModbusRoute.Listen => ListenTransport(settings, framing, path),
            ModbusRoute.SerialRtu => SerialTransport(settings, framing, UsualForRtu, path),
            ModbusRoute.SerialAscii => SerialTransport(settings, framing, UsualForAscii, path),
            _ => OutgoingTransport(settings, framing, path),
        };
        if (settings.Serial is not null && !IsSerial)
        {
            errors.Add(path.Member("serial"), $"has no meaning for {driverName}", "nothing here", "the driver modbus-rtu or modbus-ascii");
        }

        return errors.Total > before ? null : new ModbusClientOptions
        {
            Transport = transport!,
            ResponseTimeoutMs = settings.ResponseTimeoutMs,
            ConnectTimeoutMs = settings.ConnectTimeoutMs,
            MaxInFlight = settings.MaxInFlight,
        };
    }

    /// <summary>What most devices come with; the specification's 8E1 is rare.</summary>
    private static readonly SerialSettings UsualForRtu = new();

    /// <summary>7E1, as specified (Modbus over serial line V1.02, 2.5.2).</summary>
    private static readonly SerialSettings UsualForAscii = new() { DataBits = 7, Parity = SerialParity.Even };

    private bool IsSerial => route is ModbusRoute.SerialRtu or ModbusRoute.SerialAscii;

    private void CheckFraming(ModbusEndpointSettings settings, ModbusFraming framing, ConfigPath path)
    {
        if (route == ModbusRoute.Tcp && framing != ModbusFraming.Mbap)
        {
            errors.Add(path.Member("framing"), $"{driverName} has no {Name(framing)} framing", "mbap", "the driver modbus-rtu-over-tcp");
        }
        else if (IsSerial && settings.Framing is not null)
        {
            errors.Add(path.Member("framing"), $"the driver {driverName} says it already", "nothing here", "leave it out");
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

    private ModbusTransport? SerialTransport(ModbusEndpointSettings settings, ModbusFraming framing, SerialSettings usual, ConfigPath path)
    {
        Refuse(settings.Bind, path.Member("bind"));
        Refuse(settings.Registration, path.Member("registration"));
        if (settings.Host is not null || settings.Port is not null)
        {
            errors.Add(path.Member(settings.Host is null ? "port" : "host"), $"{driverName} stands on a serial port of this machine", "\"serial\": { \"port\": \"/dev/ttyUSB0\" }", "the driver modbus-rtu-over-tcp for a serial server");
        }

        if (settings.Serial is null)
        {
            errors.Add(path.Member("serial"), "missing", "the serial port", "\"serial\": { \"port\": \"/dev/ttyUSB0\", \"baudRate\": 9600 }");
            return null;
        }

        return settings.Serial.Compile(usual, path.Member("serial"), errors) is not { } place ? null
            : framing == ModbusFraming.Rtu && place.Settings.DataBits != 8 ? RefuseDataBits(path)
            : ModbusTransport.Serial(place, framing);
    }

    private ModbusTransport? RefuseDataBits(ConfigPath path)
    {
        errors.Add(path.Member("serial").Member("dataBits"), "RTU frames are bytes and need characters of 8 bits", "8", "the driver modbus-ascii for 7 bits");
        return null;
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
