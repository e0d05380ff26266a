namespace EdgeAgent.Core.Configuration;

/// <summary>One thing that differs between two configurations, told in the terms of the field.</summary>
/// <param name="Kind">What it is: site, agent, scanClass, publisher, endpoint, device, tag, broker, hub, web or logging.</param>
/// <param name="Endpoint">The endpoint it belongs to, or is; empty when none.</param>
/// <param name="Device">The device it belongs to, or is; empty when none.</param>
/// <param name="Name">Its name; empty for what there is one of.</param>
/// <param name="Change">added, removed or changed.</param>
/// <param name="Fields">What differs in something changed.</param>
public sealed record ConfigChange(string Kind, string Endpoint, string Device, string Name, string Change, IReadOnlyList<FieldChange> Fields)
{
    public const string Added = "added";
    public const string Removed = "removed";
    public const string Changed = "changed";
}

/// <summary>A field that differs.</summary>
/// <param name="Field">Its name, with dots for what is deeper.</param>
/// <param name="Before">Null when it was not given; stars for a secret.</param>
/// <param name="After">Null when it is not given any more.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
