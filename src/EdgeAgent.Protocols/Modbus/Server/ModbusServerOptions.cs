using System.Net;

namespace EdgeAgent.Protocols.Modbus.Server;

/// <summary>Where a simulated device listens and how it speaks.</summary>
public sealed record ModbusServerOptions
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 lets the system choose; read the choice from the server.</summary>
    public int Port { get; init; }

    public ModbusFraming Framing { get; init; } = ModbusFraming.Mbap;

    /// <summary>What the answer to a request for a unit that is not there says; None leaves it unanswered, as on a serial line.</summary>
    public ModbusExceptionCode UnknownUnit { get; init; } = ModbusExceptionCode.None;
}
