using System.Text.Json;

namespace EdgeAgent.Protocols.Sparkplug;

/// <summary>What a host application says of itself on <c>spBv1.0/STATE/{host}</c> (§6.4.24).</summary>
/// <param name="TimestampMs">Milliseconds since 1970 in UTC; of two messages over one connection the older one counts for nothing.</param>
public readonly record struct SparkplugHostState(bool Online, ulong TimestampMs)
{
    /// <summary>The topic on which a host tells its state.</summary>
    public static string TopicOf(string host) => $"{SparkplugTopic.Namespace}/STATE/{host}";

    /// <summary>Reads a state; false for anything else, the bare words ONLINE and OFFLINE of Sparkplug 2.2 among it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out SparkplugHostState state)
    {
        state = default;
        bool? online = null;
        ulong? timestamp = null;
        var reader = new Utf8JsonReader(payload);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isOnline = reader.ValueTextEquals("online"u8), isTimestamp = reader.ValueTextEquals("timestamp"u8);
                reader.Read();
                if (isOnline && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                {
                    online = reader.TokenType == JsonTokenType.True;
                }
                else if (isTimestamp && reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong ms))
                {
                    timestamp = ms;
                }
                else if (isOnline || isTimestamp)
                {
                    return false;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }

        state = new SparkplugHostState(online ?? false, timestamp ?? 0);
        return online is not null && timestamp is not null;
    }
}
