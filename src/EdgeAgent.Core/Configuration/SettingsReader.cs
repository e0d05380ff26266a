using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads the settings object of an endpoint or device into the driver's own record.</summary>
public static class SettingsReader
{
    /// <summary>Checks the settings against the type and reads them. Every unknown, missing, mistyped or out-of-range member is an error.</summary>
    /// <remarks>Rules come from the record: <c>required</c> members must be there; [Range] bounds numbers; a missing member takes
    /// the value of [DefaultValue], an init-only one without that attribute must be nullable, a list, or an object.</remarks>
    /// <param name="settings">May be undefined, which reads as an empty object.</param>
    /// <param name="type">From a source-generated context in camel case.</param>
    /// <param name="path">Where the settings are, for messages.</param>
    public static bool TryRead<T>(
        JsonElement settings, JsonTypeInfo<T> type, ConfigPath path, ConfigErrors errors, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = settings.ValueKind == JsonValueKind.Undefined
                ? JsonSerializer.Deserialize("{}"u8, type)
                : settings.Deserialize(type);
        }
        catch (JsonException e)
        {
            errors.Add(path, e.Message, "settings of the driver", "");
        }

        return value is not null;
    }
}
