namespace EdgeAgent.Simulation.OpcUa;

/// <summary>One port that speaks OPC UA, in a simulation file. Described in README.md.</summary>
internal sealed record SimulatedOpcUaConfig
{
    public required string Name { get; init; }

    /// <summary>Address and port; port 0 takes a free one.</summary>
    public required string Listen { get; init; }

    public IReadOnlyList<SimulatedOpcUaMachineConfig> Machines { get; set; } = [];

    /// <summary>How many counters there are beside the machines.</summary>
    public int Counters { get; init; }

    /// <summary>How often each counter counts.</summary>
    public int CounterIntervalMs { get; set; } = 100;

    /// <summary>A folder with a scalar, an array and a matrix of each built-in type.</summary>
    public bool AllTypes { get; init; }

    /// <summary>How many past values of each signal of a machine are kept; 0 keeps none.</summary>
    public int HistoryValues { get; init; }

    public int HistoryIntervalMs { get; set; } = 1000;

    /// <summary>Any of <see cref="SimulatedSecurity.Names"/>.</summary>
    public IReadOnlyList<string> Security { get; set; } = ["none", "basic256sha256"];

    /// <summary>Whether sessions without a user are let in.</summary>
    public bool Anonymous { get; set; } = true;

    public IReadOnlyList<SimulatedUserConfig> Users { get; set; } = [];

    public IReadOnlyList<SimulatedFaultConfig> Faults { get; set; } = [];
}

/// <summary>One machine behind an OPC UA port.</summary>
internal sealed record SimulatedOpcUaMachineConfig
{
    /// <summary>Its name in the address space.</summary>
    public required string Name { get; init; }

    /// <summary>A kind of <see cref="MachineProfile"/>.</summary>
    public required string Machine { get; init; }

    public int Seed { get; init; }
}

/// <summary>A user that a simulated server knows.</summary>
internal sealed record SimulatedUserConfig
{
    public required string Name { get; init; }

    public required string Password { get; init; }
}

/// <summary>Something that goes wrong on schedule.</summary>
internal sealed record SimulatedFaultConfig
{
    /// <summary>Any of <see cref="FaultSchedule.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it begins, counted from the start of the simulation.</summary>
    public required int AfterMs { get; init; }

    /// <summary>How long it lasts; 0 for good. Not for what happens at one moment.</summary>
    public int ForMs { get; init; }

    /// <summary>After how long it begins again; 0 never.</summary>
    public int EveryMs { get; init; }

    /// <summary>The delay in milliseconds of <c>slow-answers</c>, the bytes of <c>huge-responses</c>, the namespaces of <c>restart</c>.</summary>
    public int Amount { get; init; }
}
