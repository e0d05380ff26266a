using System.Text.Json;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Web;

/// <summary>The newest stored value of every tag, as <c>/api/values</c> gives it; <c>?site=</c> and <c>?device=</c> narrow it.</summary>
internal static class LastValues
{
    public static async Task WriteAsync(HttpContext context, ITimeSeriesStore? store)
    {
        if (store is null)
        {
            throw ApiProblem.NotFound(new("此进程只有采集端，没有汇聚端；请向汇聚端查询数值。", "This process is an agent without a hub; ask the hub for values."));
        }

        string? site = context.Request.Query["site"];
        string? device = context.Request.Query["device"];
        IReadOnlyList<SeriesPoint> points = await store.ReadLastAsync(site, context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter json = new(context.Response.BodyWriter);
        json.WriteStartArray();
        foreach (SeriesPoint point in points)
        {
            if (device is null || device == point.Series.Device)
            {
                Write(json, point);
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, in SeriesPoint point)
    {
        json.WriteStartObject();
        json.WriteString("site", point.Series.Site);
        json.WriteString("agent", point.Series.Agent);
        json.WriteString("device", point.Series.Device);
        json.WriteString("tag", point.Series.Tag);
        json.WritePropertyName("value");
        WriteValue(json, point.Value);
        json.WriteString("quality", point.Quality.ToString());
        json.WriteString("sourceTime", UnixTicks.ToDateTimeOffset(point.SourceTicks));
        json.WriteString("provenance", point.Provenance.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    /// <remarks>64-bit integers go out as numbers; JSON has no NaN and no infinity, they become text; bytes become hexadecimal text.</remarks>
    internal static void WriteValue(Utf8JsonWriter json, in StoredValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.Bits != 0);
                break;
            case ValueKind.Int64:
                json.WriteNumberValue((long)value.Bits);
                break;
            case ValueKind.UInt64:
                json.WriteNumberValue(value.Bits);
                break;
            case ValueKind.Float32 when float.IsFinite(BitConverter.UInt32BitsToSingle((uint)value.Bits)):
                json.WriteNumberValue(BitConverter.UInt32BitsToSingle((uint)value.Bits));
                break;
            case ValueKind.Float32:
                json.WriteStringValue(BitConverter.UInt32BitsToSingle((uint)value.Bits).ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ValueKind.Float64 when double.IsFinite(BitConverter.UInt64BitsToDouble(value.Bits)):
                json.WriteNumberValue(BitConverter.UInt64BitsToDouble(value.Bits));
                break;
            case ValueKind.Float64:
                json.WriteStringValue(BitConverter.UInt64BitsToDouble(value.Bits).ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ValueKind.Text:
                json.WriteStringValue(value.Bytes);
                break;
            case ValueKind.Bytes:
                json.WriteStringValue(Convert.ToHexString(value.Bytes ?? []));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
