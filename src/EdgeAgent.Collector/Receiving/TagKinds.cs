using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Receiving;

/// <summary>The kinds of values that tags of drivers for text and messages may have.</summary>
internal static class TagKinds
{
    public const string Expected = "bool, int8 to int64, uint8 to uint64, float32, float64 or string";

    /// <summary>Without a type a tag is a number: what a message says does not show how it lies in the device.</summary>
    public static bool TryOf(TagType? type, out ValueKind kind)
    {
        kind = type switch
        {
            null or TagType.Float64 => ValueKind.Float64,
            TagType.Bool => ValueKind.Boolean,
            TagType.Int8 or TagType.Int16 or TagType.Int32 or TagType.Int64 => ValueKind.Int64,
            TagType.UInt8 or TagType.UInt16 or TagType.UInt32 or TagType.UInt64 => ValueKind.UInt64,
            TagType.Float32 => ValueKind.Float32,
            TagType.String => ValueKind.Text,
            _ => ValueKind.None,
        };
        return kind != ValueKind.None;
    }

    /// <summary>Reports members that mean nothing for such a tag, and its kind; null when it has none.</summary>
    public static ValueKind? Check(TagConfig tag, ConfigPath path, ConfigErrors errors)
    {
        if (tag.Order is not null)
        {
            errors.Add(path.Member("order"), $"tag '{tag.Name}': a message has no byte order", "nothing here", "leave it out");
        }

        if (tag.Length is not null)
        {
            errors.Add(path.Member("length"), $"tag '{tag.Name}': the length of a text comes with the message", "nothing here", "leave it out");
        }

        if (tag.Bit is not null)
        {
            errors.Add(path.Member("bit"), $"tag '{tag.Name}': bits cannot be taken out of this value", "nothing here", "leave it out");
        }

        if (TryOf(tag.Type, out ValueKind kind))
        {
            return kind;
        }

        errors.Add(path.Member("type"), $"tag '{tag.Name}': {tag.Type} is not a type of a message's value", Expected, "leave it out for a number");
        return null;
    }
}
