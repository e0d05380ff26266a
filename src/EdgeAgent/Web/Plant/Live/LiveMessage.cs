using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeAgent.Core.Model;
using EdgeAgent.Web.Plant.Board;
using EdgeAgent.Web.Plant.Devices;

namespace EdgeAgent.Web.Plant.Live;

/// <summary>Writes messages of the event stream; each is made once, however many clients get it.</summary>
internal static class LiveMessage
{
    private static readonly byte[] End = "\n\n"u8.ToArray();

    public static byte[] Of<T>(string topic, T value, JsonTypeInfo<T> type)
    {
        ArrayBufferWriter<byte> message = Begin(topic);
        using (Utf8JsonWriter json = new(message))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        message.Write(End);
        return message.WrittenSpan.ToArray();
    }

    /// <summary>Tiles that changed, or all.</summary>
    public static byte[] OfTiles(IReadOnlyList<DeviceTile> tiles, bool isWhole) => Of("devices", new LiveTilesView(isWhole, tiles), PlantJson.Default.LiveTilesView);

    /// <summary>Newest readings that changed, or all.</summary>
    public static byte[] OfValues(IEnumerable<BoardSeries> series, bool isWhole)
    {
        ArrayBufferWriter<byte> message = Begin("values");
        using (Utf8JsonWriter json = new(message))
        {
            json.WriteStartObject();
            json.WriteBoolean("whole", isWhole);
            json.WriteStartArray("items");
            foreach (BoardSeries one in series)
            {
                json.WriteStartObject();
                json.WriteString("agent", one.Device.Agent.Agent);
                json.WriteString("device", one.Device.Name);
                json.WriteString("tag", one.Tag);
                json.WritePropertyName("value");
                LastValues.WriteValue(json, one.Value);
                json.WriteString("quality", one.Quality.ToString());
                json.WriteString("good", DevicePage.GoodnessOf(one));
                json.WriteString("time", UnixTicks.ToDateTimeOffset(one.SourceTicks));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        message.Write(End);
        return message.WrittenSpan.ToArray();
    }

    private static ArrayBufferWriter<byte> Begin(string topic)
    {
        ArrayBufferWriter<byte> message = new(512);
        message.Write("event: "u8);
        message.Write(Encoding.UTF8.GetBytes(topic));
        message.Write("\ndata: "u8);
        return message;
    }
}

/// <param name="Whole">Whether these are all; otherwise only those that changed.</param>
internal sealed record LiveTilesView(bool Whole, IReadOnlyList<DeviceTile> Items);

/// <summary>Sent every 15 seconds, so that a client notices a dead line and a wrong clock.</summary>
internal sealed record HeartbeatView(DateTimeOffset At);
