using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Turns checked nodes into records.</summary>
internal static class NodeReader
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    public static T? Read<T>(ConfigNode node, JsonTypeInfo<T> type, ConfigPath path, ConfigErrors errors)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Unchecked))
        {
            NodeWriter.Write(node, type, writer);
        }

        try
        {
            return JsonSerializer.Deserialize(buffer.WrittenSpan, type);
        }
        catch (JsonException e)
        {
            // What the checker lets pass and the deserializer does not: a converter of the record's own.
            errors.Add(e.Path is { Length: > 1 } inner ? path with { Text = path.Text + inner[1..] } : path, "a value of the wrong form", "", "");
            return null;
        }
    }
}
