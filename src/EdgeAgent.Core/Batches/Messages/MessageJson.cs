using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Batches;

/// <summary>JSON of the birth and status messages. Unknown members are ignored: a later version may add some.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AgentBirth))]
[JsonSerializable(typeof(AgentStatus))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    internal static bool TryParse<T>(
        ReadOnlySpan<byte> utf8, int bytesMax, JsonTypeInfo<T> type, Func<T, bool> isWhole, [NotNullWhen(true)] out T? message)
        where T : class
    {
        message = null;
        if (utf8.Length > bytesMax)
        {
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize(utf8, type);
            message = message is not null && isWhole(message) ? message : null;
            return message is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
