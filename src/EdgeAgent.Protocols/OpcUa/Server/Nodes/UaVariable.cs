namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>A variable whose value is a function of time: asked twice for one instant it answers the same.</summary>
public sealed class UaVariable : UaNode
{
    private readonly Func<DateTime, DataValue> _read;

    public UaVariable(NodeId id, string name, NodeId dataType, Func<DateTime, DataValue> read, NodeId typeDefinition = default, ushort? nameNamespace = null)
        : base(id, UaNodeClass.Variable, name, typeDefinition.IsNull ? new NodeId(WellKnownNodes.BaseDataVariableType) : typeDefinition, nameNamespace)
    {
        DataType = dataType;
        _read = read;
    }

    /// <summary>A variable of a built-in type.</summary>
    public UaVariable(NodeId id, string name, BuiltInType type, Func<DateTime, DataValue> read)
        : this(id, name, new NodeId((uint)type), read)
    {
    }

    public NodeId DataType { get; }

    /// <summary>-1 for a scalar, otherwise the number of dimensions (OPC 10000-3 §5.6.2).</summary>
    public int ValueRank { get; init; } = -1;

    /// <summary>The span of its values, on which a percent deadband is based; null when it has none.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>What was kept of its past; null when nothing is.</summary>
    public HistoryRing? History { get; init; }

    /// <summary>How often a new value may be there.</summary>
    public double SamplingIntervalMsMin { get; init; }

    /// <summary>The value at an instant, which becomes its source timestamp unless the value brings one.</summary>
    public DataValue ReadAt(DateTime utc)
    {
        DataValue value = _read(utc);
        return value.SourceTimestamp == default ? value with { SourceTimestamp = utc } : value;
    }
}
