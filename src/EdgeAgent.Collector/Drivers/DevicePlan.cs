using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Drivers;

/// <summary>What a driver knows of a device before it ever speaks to it.</summary>
/// <param name="Address">The physical address in one canonical string, for instance <c>modbus-tcp://10.0.0.5:502/1</c>.</param>
/// <param name="RawKinds">For each tag, in the configuration's order, the kind of value that the driver delivers.</param>
public sealed record DevicePlan(string Address, IReadOnlyList<ValueKind> RawKinds)
{
    /// <summary>For each tag the unit that its protocol gives it, empty when none; used where the configuration gives none. Null: it never does.</summary>
    public IReadOnlyList<string>? Units { get; init; }

    /// <summary>For each tag the decimals that its protocol gives it, -1 when none; used as the units are.</summary>
    public IReadOnlyList<int>? Decimals { get; init; }
}
