using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Web.Api.OpenApi;

/// <summary>Schemas of the types that requests and answers are made of: each object type once, by name, and references to it elsewhere.</summary>
internal sealed class OpenApiSchemas
{
    private const string Prefix = "#/components/schemas/";

    private readonly Dictionary<Type, string> _names = [];
    private readonly JsonSchemaExporterOptions _options;

    public OpenApiSchemas() => _options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public JsonObject Components { get; } = [];

    /// <summary>A schema, or a reference to one.</summary>
    public JsonNode Of(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Reference(type),
        JsonTypeInfoKind.Enumerable when type.ElementType is { } element => new JsonObject { ["type"] = "array", ["items"] = Of(type.Options.GetTypeInfo(element)) },
        _ => type.GetJsonSchemaAsNode(_options),
    };

    private JsonObject Reference(JsonTypeInfo type)
    {
        if (!_names.TryGetValue(type.Type, out string? name))
        {
            name = FreeName(type.Type);
            _names[type.Type] = name;
            Components[name] = null; // Keeps the name, and its place, while the types inside are written.
            Components[name] = type.GetJsonSchemaAsNode(_options);
        }

        return new JsonObject { ["$ref"] = Prefix + name };
    }

    private string FreeName(Type type)
    {
        string name = NameOf(type);
        return _names.ContainsValue(name) ? type.Namespace!.Split('.')[^1] + name : name;
    }

    /// <summary>The type's name without what only our code needs to tell it from others.</summary>
    private static string NameOf(Type type)
    {
        string name = type.Name.Split('`')[0];
        string bare = name.EndsWith("View", StringComparison.Ordinal) && name.Length > 4 ? name[..^4] : name;
        return type.IsGenericType ? (bare.StartsWith("Api", StringComparison.Ordinal) ? bare[3..] : bare) + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf)) : bare;
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        // 'true' and '{}' both let everything through, and tools know what to do with the second.
        schema = schema is JsonObject ? schema : new JsonObject();
        JsonNode node = !context.Path.IsEmpty && context.TypeInfo.Kind == JsonTypeInfoKind.Object ? ReferenceInside(context.TypeInfo, schema) : schema;
        if (node is JsonObject described && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), false) is [DescriptionAttribute text, ..])
        {
            described["description"] = text.Description;
        }

        return node;
    }

    private JsonObject ReferenceInside(JsonTypeInfo type, JsonNode schema)
    {
        bool canBeNull = schema is JsonObject { } written && written["type"] is JsonArray types && types.Any(t => t?.GetValue<string>() == "null");
        JsonObject reference = Reference(Nullable.GetUnderlyingType(type.Type) is { } inner ? type.Options.GetTypeInfo(inner) : type);
        return canBeNull ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
    }
}
