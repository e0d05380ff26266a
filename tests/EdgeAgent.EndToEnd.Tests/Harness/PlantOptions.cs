namespace EdgeAgent.EndToEnd.Tests.Harness;

/// <summary>What one end-to-end test needs its plant to be.</summary>
internal sealed record PlantOptions
{
    public required IReadOnlyList<EndpointOptions> Endpoints { get; init; }

    /// <summary>Where the agent reaches the broker; a proxy's port where the test makes the link misbehave.</summary>
    public required int AgentBrokerPort { get; init; }

    /// <summary>Where the hub reaches the broker.</summary>
    public required int HubBrokerPort { get; init; }

    public int IntervalMs { get; init; } = 1000;

    public string Durability { get; init; } = "normal";

    public long BufferBytesMax { get; init; } = 1L << 30;

    /// <summary>Another place for the agent's data, for instance a small mount.</summary>
    public string? AgentDataDirectory { get; init; }

    /// <summary>Whether the agent has the token that lets it in; otherwise a person must approve it.</summary>
    public bool HasEnrolmentToken { get; init; } = true;

    /// <summary>The hub's store section; null is the embedded store.</summary>
    public string? StoreJson { get; init; }
}

/// <summary>One Modbus TCP endpoint with units 1 to <paramref name="Units"/>.</summary>
internal sealed record EndpointOptions(string Name, int Port, int Units, int TagsPerUnit = 99, int ResponseTimeoutMs = 1000);
