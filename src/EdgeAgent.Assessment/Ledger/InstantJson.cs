using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Ledger;

/// <summary>Writes ticks as an instant in UTC with seven decimals, which loses nothing and which people can read.</summary>
public sealed class InstantJson : JsonConverter<long>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Text(long ticks) => UnixTicks.ToDateTimeOffset(ticks).ToString(Format, CultureInfo.InvariantCulture);

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParseExact(
            reader.GetString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
            ? UnixTicks.From(instant)
            : throw new JsonException("An instant such as 2025-11-20T00:00:00.0000000Z is expected.");

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
