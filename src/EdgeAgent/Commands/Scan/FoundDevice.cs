using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Commands.Scan;

/// <summary>A device that answered.</summary>
/// <param name="Driver">The driver that would read it; empty when this program has none.</param>
/// <param name="Place">For people: host and port, or port and settings.</param>
/// <param name="Detail">What it says about itself.</param>
internal sealed record FoundDevice(string Driver, string Place, string Detail)
{
    /// <summary>Host, when it was found on a network.</summary>
    public string? Host { get; init; }

    public int Port { get; init; }

    /// <summary>The line, when it was found on one.</summary>
    public SerialPlace? Line { get; init; }

    /// <summary>Modbus unit id.</summary>
    public int UnitId { get; init; }

    /// <summary>Address of a meter.</summary>
    public string? MeterAddress { get; init; }

    /// <summary>Edition of DL/T 645 that the meter speaks.</summary>
    public int Edition { get; init; }

    /// <summary>Type of a meter of CJ/T 188.</summary>
    public byte MeterType { get; init; }

    /// <summary>Whether a meter of CJ/T 188 has its identifiers with the high byte first.</summary>
    public bool IdentifierHighestFirst { get; init; }
}
