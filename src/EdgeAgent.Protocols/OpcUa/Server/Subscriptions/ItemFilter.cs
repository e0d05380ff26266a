using EdgeAgent.Protocols.OpcUa.Services.MonitoredItems;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>Decides whether a sample differs from the value reported before (OPC 10000-4 §7.22.2).</summary>
internal readonly record struct ItemFilter(DataChangeTrigger Trigger, double? Deadband)
{
    public static readonly ItemFilter Default = new(DataChangeTrigger.StatusValue, null);

    public static StatusCode TryCreate(in MonitoringParameters wanted, UaNode node, uint attribute, out ItemFilter filter)
    {
        filter = Default;
        if (wanted.HasOtherFilter)
        {
            return StatusCodes.BadMonitoredItemFilterUnsupported;
        }
        if (wanted.Filter is not { } asked)
        {
            return StatusCodes.Good;
        }
        if (node is not UaVariable variable || attribute != Services.Attributes.ReadTarget.ValueAttribute)
        {
            return StatusCodes.BadFilterNotAllowed;
        }
        switch (asked.Kind)
        {
            case DeadbandKind.None:
                filter = new ItemFilter(asked.Trigger, null);
                return StatusCodes.Good;
            case DeadbandKind.Absolute when asked.Deadband >= 0:
                filter = new ItemFilter(asked.Trigger, asked.Deadband);
                return IsNumber(variable) ? StatusCodes.Good : StatusCodes.BadFilterNotAllowed;
            case DeadbandKind.Percent when asked.Deadband is >= 0 and <= 100 && variable.Range is { } range:
                filter = new ItemFilter(asked.Trigger, asked.Deadband / 100 * (range.High - range.Low));
                return StatusCodes.Good;
            case DeadbandKind.Percent when variable.Range is null:
                return StatusCodes.BadMonitoredItemFilterUnsupported;
            default:
                return StatusCodes.BadDeadbandFilterInvalid;
        }
    }

    public bool IsReported(in DataValue before, in DataValue now)
    {
        if (before.Status != now.Status)
        {
            return true;
        }
        if (Trigger == DataChangeTrigger.Status)
        {
            return false;
        }
        return IsOutside(before.Value, now.Value) || (Trigger == DataChangeTrigger.StatusValueTimestamp && before.SourceTimestamp != now.SourceTimestamp);
    }

    private bool IsOutside(in Variant before, in Variant now) =>
        Deadband is { } deadband && before.TryGetDouble(out double a) && now.TryGetDouble(out double b)
            ? Math.Abs(b - a) > deadband
            : before != now;

    private static bool IsNumber(UaVariable variable) =>
        variable.DataType is { NamespaceIndex: 0, Number: >= (uint)BuiltInType.SByte and <= (uint)BuiltInType.Double or WellKnownNodes.Duration };
}
