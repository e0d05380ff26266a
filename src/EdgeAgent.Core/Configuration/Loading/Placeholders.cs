using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Makes harmless values for members that are missing or wrong, and mutes further errors about them.</summary>
internal sealed class Placeholders(ConfigErrors errors)
{
    private int _made;

    public ConfigNode For(JsonTypeInfo type, ConfigPath path, JsonPropertyInfo? member)
    {
        errors.Mute(path);
        return Make(type, member);
    }

    private ConfigNode Make(JsonTypeInfo type, JsonPropertyInfo? member)
    {
        Type scalar = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                return new ConfigNode(JsonValueKind.Object, 0)
                {
                    Members = [.. type.Properties.Where(static p => p.IsRequired).Select(p =>
                        new ConfigMember(p.Name, 0, Make(type.Options.GetTypeInfo(p.PropertyType), p)))],
                };
            case JsonTypeInfoKind.Dictionary:
                return new ConfigNode(JsonValueKind.Object, 0);
            case JsonTypeInfoKind.Enumerable:
                return new ConfigNode(JsonValueKind.Array, 0);
            case JsonTypeInfoKind.None when scalar == typeof(bool):
                return new ConfigNode(JsonValueKind.False, 0);
            case JsonTypeInfoKind.None when scalar.IsEnum:
                return new ConfigNode(JsonValueKind.String, 0, MemberRules.NamesOf(scalar, member)[0]);
            case JsonTypeInfoKind.None when scalar.IsPrimitive || scalar == typeof(decimal):
                RangeAttribute? range = member is null ? null : MemberRules.RangeOf(member);
                return new ConfigNode(JsonValueKind.Number, 0, Convert.ToString(range?.Minimum, CultureInfo.InvariantCulture) is { Length: > 0 } min ? min : "0");
            default:
                // Texts differ from each other, so that no rule finds one twice.
                return new ConfigNode(JsonValueKind.String, 0, $"missing-{++_made}");
        }
    }
}
