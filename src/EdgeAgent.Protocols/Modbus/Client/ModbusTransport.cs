using System.Net;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>The way to a device: which socket, and which framing on it.</summary>
public abstract record ModbusTransport
{
    public const int DefaultPort = 502;

    private protected ModbusTransport(ModbusFraming framing) => Framing = framing;

    public ModbusFraming Framing { get; }

    public static ModbusTransport Tcp(string host, int port = DefaultPort) => new ModbusTcpTransport(host, port, ModbusFraming.Mbap);

    public static ModbusTransport RtuOverTcp(string host, int port) => new ModbusTcpTransport(host, port, ModbusFraming.Rtu);

    public static ModbusTransport AsciiOverTcp(string host, int port) => new ModbusTcpTransport(host, port, ModbusFraming.Ascii);

    public static ModbusTransport Udp(string host, int port = DefaultPort, ModbusFraming framing = ModbusFraming.Mbap) =>
        new ModbusUdpTransport(host, port, framing);

    /// <summary>A serial port of this machine.</summary>
    public static ModbusTransport Serial(SerialPlace place, ModbusFraming framing = ModbusFraming.Rtu) => new ModbusSerialTransport(place, framing);

    /// <summary>A serial server or DTU dials in to us.</summary>
    /// <param name="address">The local address to listen on; several clients may share one address and port when each has a registration.</param>
    /// <param name="registration">The bytes that the device sends first to say who it is; empty takes any device.</param>
    /// <remarks>Heartbeats between frames need no setting: whatever is no answer to what was asked is skipped.</remarks>
    public static ModbusTransport Listen(
        IPAddress address, int port, ModbusFraming framing = ModbusFraming.Rtu, ReadOnlyMemory<byte> registration = default) =>
        new ModbusListenTransport(address, port, framing, registration);
}

/// <summary>We connect to the device over TCP.</summary>
public sealed record ModbusTcpTransport(string Host, int Port, ModbusFraming Framing) : ModbusTransport(Framing)
{
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>One datagram a frame.</summary>
public sealed record ModbusUdpTransport(string Host, int Port, ModbusFraming Framing) : ModbusTransport(Framing)
{
    public override string ToString() => $"{Host}:{Port}/udp";
}

/// <summary>We are the one client on a serial line.</summary>
public sealed record ModbusSerialTransport(SerialPlace Place, ModbusFraming Framing) : ModbusTransport(Framing)
{
    public override string ToString() => Place.ToString();
}

/// <summary>The device connects to us over TCP.</summary>
public sealed record ModbusListenTransport(IPAddress Address, int Port, ModbusFraming Framing, ReadOnlyMemory<byte> Registration)
    : ModbusTransport(Framing)
{
    public override string ToString() => $"listen {Address}:{Port}";
}
