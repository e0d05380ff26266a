using EdgeAgent.Protocols.OpcUa.Services.Attributes;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Gives the attributes of nodes (OPC 10000-3 §5; their numbers in OPC 10000-6 A.1).</summary>
internal static class AttributeReader
{
    private const byte CurrentRead = 1;
    private const byte HistoryRead = 4;

    public static DataValue Read(AddressSpace space, in ReadTarget target, TimestampsToReturn timestamps, DateTime utc)
    {
        if (!space.TryFind(target.NodeId, out UaNode? node))
        {
            return new DataValue(default, StatusCodes.BadNodeIdUnknown);
        }
        if (target.AttributeId != ReadTarget.ValueAttribute || node is not UaVariable variable)
        {
            bool isThere = TryRead(node, target.AttributeId, out Variant attribute);
            return !isThere ? new DataValue(default, StatusCodes.BadAttributeIdInvalid)
                : target.IndexRange is { Length: > 0 } ? new DataValue(default, StatusCodes.BadIndexRangeInvalid)
                : Stamp(new DataValue(attribute), timestamps, utc);
        }
        DataValue value = variable.ReadAt(utc);
        if (target.IndexRange is { Length: > 0 } text)
        {
            StatusCode status = NumericRange.TryParse(text, out NumericRange range) ? range.Apply(value.Value, out Variant part) : Invalid(out part);
            value = value with { Value = part, Status = status.IsBad ? status : value.Status };
        }
        return Stamp(value, timestamps, utc);
    }

    /// <summary>Leaves out the instants that are not wanted, and adds the server's where it is.</summary>
    public static DataValue Stamp(in DataValue value, TimestampsToReturn timestamps, DateTime utc) => value with
    {
        SourceTimestamp = timestamps is TimestampsToReturn.Source or TimestampsToReturn.Both ? value.SourceTimestamp : default,
        ServerTimestamp = timestamps is TimestampsToReturn.Server or TimestampsToReturn.Both ? utc : default,
    };

    public static bool TryRead(UaNode node, uint attribute, out Variant value)
    {
        value = attribute switch
        {
            1 => Variant.From(node.Id),
            2 => Variant.From((int)node.Class),
            3 => Variant.From(node.BrowseName),
            4 => Variant.From(new LocalizedText("", node.BrowseName.Name)),
            5 when node.Description is not null => Variant.From(new LocalizedText("", node.Description)),
            6 or 7 => Variant.From(0u), // nothing can be written
            _ => node.Class switch
            {
                UaNodeClass.Object or UaNodeClass.View when attribute == 12 => Variant.From((byte)0), // no events
                UaNodeClass.ObjectType or UaNodeClass.DataType or UaNodeClass.ReferenceType or UaNodeClass.VariableType when attribute == 8 => Variant.From(false),
                UaNodeClass.ReferenceType when attribute == 9 => Variant.From(false),
                UaNodeClass.VariableType when attribute == 14 => Variant.From(new NodeId((uint)BuiltInType.Variant)),
                UaNodeClass.VariableType when attribute == 15 => Variant.From(-2), // any
                _ => node is UaVariable variable ? OfVariable(variable, attribute) : default,
            },
        };
        return value.Type != BuiltInType.Null;
    }

    private static Variant OfVariable(UaVariable variable, uint attribute) => attribute switch
    {
        14 => Variant.From(variable.DataType),
        15 => Variant.From(variable.ValueRank),
        16 when variable.ValueRank > 0 => Variant.FromArray(new uint[variable.ValueRank]), // lengths may change
        17 or 18 => Variant.From((byte)(CurrentRead | (variable.History is null ? 0 : HistoryRead))),
        19 => Variant.From(variable.SamplingIntervalMsMin),
        20 => Variant.From(variable.History is not null),
        _ => default,
    };

    private static StatusCode Invalid(out Variant part)
    {
        part = default;
        return StatusCodes.BadIndexRangeInvalid;
    }
}
