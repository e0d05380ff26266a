using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads the settings object of an endpoint or device into the driver's own record.</summary>
public static class SettingsReader
{
    /// <summary>Checks the settings against the type and reads them. Every unknown, missing, mistyped or out-of-range member is an error.</summary>
    /// <remarks>Rules come from the record: <c>required</c> members must be there; [Range] bounds numbers; a missing member takes
    /// the value of [DefaultValue], so an init-only one without that attribute must be nullable, a list, or an object.</remarks>
    /// <param name="settings">May be undefined, which reads as an empty object.</param>
    /// <param name="type">From a source-generated context in camel case.</param>
    /// <param name="path">Where the settings are, for messages.</param>
    public static bool TryRead<T>(
        JsonElement settings, JsonTypeInfo<T> type, ConfigPath path, ConfigErrors errors, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        int before = errors.Total;
        ConfigNode? node = settings.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? new ConfigNode(JsonValueKind.Object, 0)
            : ConfigParser.Parse(Encoding.UTF8.GetBytes(settings.GetRawText()), errors);
        if (node is null)
        {
            return false;
        }

        new TypeChecker(errors).Check(node, type, path);
        if (errors.Total == before)
        {
            value = NodeReader.Read(node, type, path, errors);
        }

        return value is not null;
    }
}
