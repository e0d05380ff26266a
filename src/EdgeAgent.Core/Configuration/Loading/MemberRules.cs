using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>What the attributes of a settings record say about one member.</summary>
internal static class MemberRules
{
    public static string? DescriptionOf(JsonPropertyInfo property) => Attribute<DescriptionAttribute>(property)?.Description;

    public static RangeAttribute? RangeOf(JsonPropertyInfo property) => Attribute<RangeAttribute>(property);

    public static bool HasDefault(JsonPropertyInfo property, out object? value)
    {
        var attribute = Attribute<DefaultValueAttribute>(property);
        value = attribute?.Value;
        return attribute is not null;
    }

    /// <summary>Whether the member may be null in the file.</summary>
    public static bool IsNullable(JsonPropertyInfo property) =>
        property.IsSetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    public static bool IsInitOnly(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo { SetMethod: { } setter }
        && Array.Exists(setter.ReturnParameter.GetRequiredCustomModifiers(), static m => m.FullName == "System.Runtime.CompilerServices.IsExternalInit");

    /// <summary>The members of a record that a file may give.</summary>
    public static IEnumerable<JsonPropertyInfo> MembersOf(JsonTypeInfo type) =>
        type.Properties.Where(static p => p.Set is not null || p.AssociatedParameter is not null);

    /// <summary>The names of an enum as the file writes them.</summary>
    public static string[] NamesOf(Type enumType, JsonPropertyInfo? property)
    {
        Type? converter = (property is null ? null : Attribute<JsonConverterAttribute>(property)?.ConverterType)
            ?? enumType.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType;
        bool lower = converter is { IsGenericType: true } && converter.GetGenericTypeDefinition() == typeof(LowerCaseEnumConverter<>);
        string[] names = Enum.GetNames(enumType);
        return lower ? Array.ConvertAll(names, LowerCaseNaming.Policy.ConvertName) : names;
    }

    private static T? Attribute<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true) is [T attribute, ..] ? attribute : null;
}
