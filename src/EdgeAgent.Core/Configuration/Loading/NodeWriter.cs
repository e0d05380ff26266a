using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Writes checked nodes as JSON for the deserializer, with the defaults of missing members filled in.</summary>
/// <remarks>Needed because the source-generated deserializer sets a missing init-only member to default(T), not to the value of
/// its initializer: [DefaultValue] is what counts, for the program, the schema and the reader of the record alike.</remarks>
internal static class NodeWriter
{
    public static void Write(ConfigNode node, JsonTypeInfo type, Utf8JsonWriter writer)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                WriteObject(node.Members, type, writer);
                break;
            case JsonTypeInfoKind.Enumerable:
                JsonTypeInfo item = type.Options.GetTypeInfo(type.ElementType!);
                writer.WriteStartArray();
                foreach (ConfigNode one in node.Items)
                {
                    Write(one, item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonTypeInfoKind.Dictionary:
                JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
                writer.WriteStartObject();
                foreach (ConfigMember member in node.Members)
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, element, writer);
                }

                writer.WriteEndObject();
                break;
            default:
                WriteAsIs(node, writer);
                break;
        }
    }

    public static void WriteAsIs(ConfigNode node, Utf8JsonWriter writer)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (ConfigMember member in node.Members)
                {
                    writer.WritePropertyName(member.Name);
                    WriteAsIs(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (ConfigNode item in node.Items)
                {
                    WriteAsIs(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(node.Text);
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(node.Text);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(node.Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static void WriteObject(List<ConfigMember> members, JsonTypeInfo type, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (JsonPropertyInfo property in MemberRules.MembersOf(type))
        {
            JsonTypeInfo valueType = type.Options.GetTypeInfo(property.PropertyType);
            int at = members.FindIndex(m => m.Name == property.Name);
            if (at >= 0 && members[at].Value.Kind != JsonValueKind.Null)
            {
                writer.WritePropertyName(property.Name);
                Write(members[at].Value, valueType, writer);
            }
            else
            {
                WriteDefault(property, valueType, writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteDefault(JsonPropertyInfo property, JsonTypeInfo valueType, Utf8JsonWriter writer)
    {
        if (MemberRules.HasDefault(property, out object? value))
        {
            writer.WritePropertyName(property.Name);
            WriteScalar(value, property, writer);
            return;
        }

        if (property.PropertyType == typeof(JsonElement) || MemberRules.IsNullable(property) || !MemberRules.IsInitOnly(property))
        {
            return;
        }

        writer.WritePropertyName(property.Name);
        switch (valueType.Kind)
        {
            case JsonTypeInfoKind.Object:
                WriteObject([], valueType, writer);
                break;
            case JsonTypeInfoKind.Enumerable:
                writer.WriteStartArray();
                writer.WriteEndArray();
                break;
            case JsonTypeInfoKind.Dictionary:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException(
                    $"{property.DeclaringType.Name}.{property.Name} is neither required nor nullable: give it [DefaultValue(…)], or a file without it would set it to nothing.");
        }
    }

    private static void WriteScalar(object? value, JsonPropertyInfo property, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case Enum name:
                string[] names = MemberRules.NamesOf(name.GetType(), property);
                writer.WriteStringValue(names[Array.IndexOf(Enum.GetNames(name.GetType()), name.ToString())]);
                break;
            default:
                writer.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "0");
                break;
        }
    }
}
