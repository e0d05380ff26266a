using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Store;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>Writes a value as boolean, number or text; null where there is none.</summary>
internal sealed class StoredValueConverter : JsonConverter<StoredValue>
{
    public override StoredValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Values are only written.");

    public override void Write(Utf8JsonWriter writer, StoredValue value, JsonSerializerOptions options) => LastValues.WriteValue(writer, value);
}
