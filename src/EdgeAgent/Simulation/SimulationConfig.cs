using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Simulation.OpcUa;

namespace EdgeAgent.Simulation;

/// <summary>A simulation file: which endpoints to serve, and which machines behind them. Described in README.md.</summary>
/// <remarks>What may be left out has a setter, not an initializer: generated readers set every initializer, to nothing where it is left out.</remarks>
internal sealed record SimulationConfig
{
    /// <summary>Ports that speak Modbus TCP.</summary>
    public IReadOnlyList<SimulatedEndpointConfig> Endpoints { get; set; } = [];

    /// <summary>Ports that speak OPC UA.</summary>
    public IReadOnlyList<SimulatedOpcUaConfig> OpcUa { get; set; } = [];
}

/// <summary>One port that speaks Modbus TCP.</summary>
internal sealed record SimulatedEndpointConfig
{
    public required string Name { get; init; }

    /// <summary>Address and port; port 0 takes a free one.</summary>
    public required string Listen { get; init; }

    public required IReadOnlyList<SimulatedUnitConfig> Units { get; init; }
}

/// <summary>One machine behind a port.</summary>
internal sealed record SimulatedUnitConfig
{
    public required byte UnitId { get; init; }

    /// <summary>A kind of <see cref="MachineProfile"/>, or <c>counters</c>.</summary>
    public required string Machine { get; init; }

    public int Seed { get; init; }

    /// <summary>Only for <c>counters</c>: how many registers; 1000 when left out.</summary>
    public int? Registers { get; init; }

    /// <summary>Never answers.</summary>
    public bool Silent { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SimulationConfig))]
internal sealed partial class SimulationJson : JsonSerializerContext;
