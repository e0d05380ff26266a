using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Generates the JSON Schema (2020-12) of the configuration file from the records and their attributes.</summary>
public static class ConfigSchema
{
    private static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>The schema as indented JSON text, with the drivers' settings where an endpoint names them.</summary>
    public static string Generate(IReadOnlyList<DriverSettingsSchema> drivers)
    {
        JsonObject schema = Object(ConfigJson.Default.AppConfig);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "EdgeAgent configuration");
        JsonObject endpoint = schema["properties"]!["agent"]!["properties"]!["endpoints"]!["items"]!.AsObject();
        LetTemplatesGiveAddresses(endpoint["properties"]!["devices"]!["items"]!.AsObject());
        if (drivers.Count > 0)
        {
            endpoint["properties"]!["driver"]!["enum"] = new JsonArray([.. drivers.Select(static d => (JsonNode)d.Driver)]);
            endpoint["allOf"] = new JsonArray([.. drivers.OrderBy(static d => d.Driver, StringComparer.Ordinal).Select(Condition)]);
        }

        return schema.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ConfigJson.Default,
        }) + "\n";
    }

    /// <summary>The schema of one record, for a form that asks for its members.</summary>
    public static JsonElement Of(JsonTypeInfo type)
    {
        using JsonDocument document = JsonDocument.Parse(Object(type).ToJsonString(new JsonSerializerOptions { TypeInfoResolver = ConfigJson.Default }));
        return document.RootElement.Clone();
    }

    /// <summary>A tag needs its address only where no template can have given it.</summary>
    private static void LetTemplatesGiveAddresses(JsonObject device)
    {
        JsonObject tag = device["properties"]!["tags"]!["items"]!.AsObject();
        JsonNode required = tag["required"]!.DeepClone();
        tag["required"] = new JsonArray("name");
        device["allOf"] = new JsonArray(new JsonObject
        {
            ["if"] = new JsonObject { ["not"] = new JsonObject { ["required"] = new JsonArray("template") } },
            ["then"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["tags"] = new JsonObject { ["items"] = new JsonObject { ["required"] = required } } },
            },
        });
    }

    /// <summary>"If the driver is this one, settings look like that."</summary>
    private static JsonNode Condition(DriverSettingsSchema driver)
    {
        JsonObject device = Object(driver.DeviceSettings);
        var then = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["settings"] = Object(driver.EndpointSettings),
                ["devices"] = new JsonObject { ["items"] = new JsonObject { ["properties"] = new JsonObject { ["settings"] = device } } },
            },
        };
        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["driver"] = new JsonObject { ["const"] = driver.Driver } } },
            ["then"] = then,
        };
    }

    private static JsonObject Object(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Exporting).AsObject();

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        JsonPropertyInfo? property = context.PropertyInfo;
        if (type == typeof(Secret))
        {
            node = new JsonObject { ["type"] = property is not null && MemberRules.IsNullable(property) ? new JsonArray("string", "null") : "string" };
        }
        else if (node is not JsonObject)
        {
            // "true": any value. The only such member is settings, which is an object.
            node = new JsonObject { ["type"] = "object" };
        }

        JsonObject schema = node.AsObject();
        if (property is null)
        {
            return schema;
        }

        if (MemberRules.DescriptionOf(property) is { } description)
        {
            schema.Insert(0, "description", description);
        }

        if (MemberRules.HasDefault(property, out object? value))
        {
            schema["default"] = DefaultOf(value, property);
        }

        if (MemberRules.RangeOf(property) is { } range)
        {
            AddRange(schema, range);
        }

        return schema;
    }

    private static void AddRange(JsonObject schema, RangeAttribute range)
    {
        schema["minimum"] = Number(range.Minimum);
        if (Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) < int.MaxValue)
        {
            schema["maximum"] = Number(range.Maximum);
        }
    }

    private static JsonNode? DefaultOf(object? value, JsonPropertyInfo property) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        Enum name => MemberRules.NamesOf(name.GetType(), property)[Array.IndexOf(Enum.GetNames(name.GetType()), name.ToString())],
        _ => Number(value),
    };

    private static JsonNode Number(object value)
    {
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return number == Math.Floor(number) ? (long)number : number;
    }
}
