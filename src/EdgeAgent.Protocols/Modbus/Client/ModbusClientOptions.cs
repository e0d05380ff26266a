using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Modbus.Client;

/// <summary>How a <see cref="ModbusClient"/> reaches its device and how long it waits.</summary>
public sealed record ModbusClientOptions
{
    public required ModbusTransport Transport { get; init; }

    /// <summary>From sending a request to its answer. Default 1000, at least 1. On a serial line the time that request and answer take
    /// to travel is added, so this is what the device itself may take.</summary>
    public int ResponseTimeoutMs { get; init; } = 1000;

    /// <summary>For a connection to stand, or for a device to dial in. Default 3000, at least 1.</summary>
    public int ConnectTimeoutMs { get; init; } = 3000;

    /// <summary>Requests on their way at once, 1 to 256. Default 1, because many devices answer only one at a time;
    /// RTU and ASCII framing cannot tell answers apart and always use 1.</summary>
    public int MaxInFlight { get; init; } = 1;

    /// <summary>Put several pipelined requests into one segment. Faster, but a device with a simple TCP stack may see only the first
    /// of them; default false.</summary>
    public bool CoalesceRequests { get; init; }

    /// <summary>Opens serial lines; null, the default, opens those of this machine.</summary>
    public ILineOpener? Lines { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Transport);
        ArgumentOutOfRangeException.ThrowIfLessThan(ResponseTimeoutMs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectTimeoutMs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxInFlight, MaxInFlightLimit);
    }

    internal const int MaxInFlightLimit = 256;
}
