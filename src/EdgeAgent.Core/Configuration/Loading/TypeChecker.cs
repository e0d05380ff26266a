using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EdgeAgent.Core.Configuration;

/// <summary>Checks nodes against a record type and reports every deviation, where a deserializer stops at the first.</summary>
/// <remarks>What it gives back always fits the type: a wrong value is replaced by a harmless one and its path is muted, so that
/// the rules that come after can look at the rest of the file and nothing is reported twice.</remarks>
internal sealed class TypeChecker(ConfigErrors errors)
{
    private readonly Placeholders _placeholders = new(errors);

    public ConfigNode Check(ConfigNode node, JsonTypeInfo type, ConfigPath path, JsonPropertyInfo? member = null)
    {
        int before = errors.Total;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                return CheckObject(node, type, path);
            case JsonTypeInfoKind.Enumerable:
                return CheckList(node, type, path);
            case JsonTypeInfoKind.Dictionary:
                return CheckDictionary(node, type, path);
            default:
                CheckScalar(node, Nullable.GetUnderlyingType(type.Type) ?? type.Type, path, member);
                return errors.Total == before || type.Type == typeof(JsonElement) ? node : _placeholders.For(type, path, member);
        }
    }

    private ConfigNode CheckObject(ConfigNode node, JsonTypeInfo type, ConfigPath path)
    {
        if (!IsKind(node, JsonValueKind.Object, path, "an object in braces"))
        {
            return _placeholders.For(type, path, null);
        }

        var members = MemberRules.MembersOf(type).ToDictionary(static p => p.Name, StringComparer.Ordinal);
        var good = new Dictionary<string, ConfigMember>(StringComparer.Ordinal);
        foreach (ConfigMember member in node.Members)
        {
            ConfigPath at = path.Member(member.Name);
            string name = member.Name;
            if (!members.ContainsKey(name))
            {
                string? meant = Similar.Find(name, members.Keys);
                errors.Add(at, "unknown member", "one of " + Listed(members.Keys), meant is null ? "remove it, or check the spelling" : $"did you mean '{meant}'?");
                if (meant is null || node.Members.Exists(m => m.Name == meant))
                {
                    continue;
                }

                name = meant;
            }

            if (good.ContainsKey(name))
            {
                errors.Add(at, "given twice", "each member once", "remove one of the two");
                continue;
            }

            good.Add(name, new ConfigMember(name, member.Line, CheckMember(member.Value, members[name], type, at)));
        }

        foreach (JsonPropertyInfo property in members.Values.Where(p => p.IsRequired && !good.ContainsKey(p.Name)))
        {
            errors.Add(path, $"'{property.Name}' is missing", MemberRules.DescriptionOf(property)?.TrimEnd('.') ?? property.Name, $"add \"{property.Name}\": …");
            good.Add(property.Name, new ConfigMember(property.Name, node.Line,
                _placeholders.For(type.Options.GetTypeInfo(property.PropertyType), path.Member(property.Name), property)));
        }

        return node with { Members = [.. good.Values] };
    }

    private ConfigNode CheckMember(ConfigNode node, JsonPropertyInfo property, JsonTypeInfo owner, ConfigPath path)
    {
        JsonTypeInfo type = owner.Options.GetTypeInfo(property.PropertyType);
        if (node.Kind != JsonValueKind.Null)
        {
            return Check(node, type, path, property);
        }

        if (MemberRules.IsNullable(property) || property.PropertyType == typeof(JsonElement))
        {
            return node;
        }

        errors.Add(path, "null", "a value", property.IsRequired ? "give it a value" : "remove the member to get its default");
        return _placeholders.For(type, path, property);
    }

    private ConfigNode CheckList(ConfigNode node, JsonTypeInfo type, ConfigPath path)
    {
        if (!IsKind(node, JsonValueKind.Array, path, "a list in brackets"))
        {
            return _placeholders.For(type, path, null);
        }

        JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
        return node with { Items = [.. node.Items.Select((item, i) => Check(item, element, path.Index(i)))] };
    }

    private ConfigNode CheckDictionary(ConfigNode node, JsonTypeInfo type, ConfigPath path)
    {
        if (!IsKind(node, JsonValueKind.Object, path, "an object in braces"))
        {
            return _placeholders.For(type, path, null);
        }

        JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
        var good = new Dictionary<string, ConfigMember>(StringComparer.Ordinal);
        foreach (ConfigMember member in node.Members)
        {
            ConfigPath at = path.Member(member.Name);
            if (!good.TryAdd(member.Name, member with { Value = Check(member.Value, element, at) }))
            {
                errors.Add(at, "given twice", "each name once", "remove one of the two");
            }
        }

        return node with { Members = [.. good.Values] };
    }

    private void CheckScalar(ConfigNode node, Type type, ConfigPath path, JsonPropertyInfo? member)
    {
        if (type == typeof(JsonElement))
        {
            CheckNoDuplicates(node, path);
        }
        else if (type == typeof(string) || type == typeof(Secret))
        {
            IsKind(node, JsonValueKind.String, path, "a text in quotes");
        }
        else if (type == typeof(bool))
        {
            if (node.Kind is not (JsonValueKind.True or JsonValueKind.False))
            {
                errors.Add(path, node.Describe(), "true or false", "write it without quotes");
            }
        }
        else if (type.IsEnum)
        {
            string[] names = MemberRules.NamesOf(type, member);
            if (IsKind(node, JsonValueKind.String, path, "one of " + Listed(names)) && !names.Contains(node.Text, StringComparer.Ordinal))
            {
                errors.Add(path, $"unknown value '{Shortened(node.Text)}'", "one of " + Listed(names),
                    Similar.Advice(node.Text, names, "take one of those"));
            }
        }
        else if (IsKind(node, JsonValueKind.Number, path, "a number"))
        {
            CheckNumber(node, type, path, member);
        }
    }

    private void CheckNumber(ConfigNode node, Type type, ConfigPath path, JsonPropertyInfo? member)
    {
        bool whole = Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
        RangeAttribute? range = member is null ? null : MemberRules.RangeOf(member);
        string expected = NumberExpected(whole, range);
        if (!double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)
            || (whole && !FitsWhole(node.Text, type)))
        {
            errors.Add(path, $"{Shortened(node.Text)} does not fit", expected, "");
        }
        else if (range is not null && (number < Bound(range.Minimum) || number > Bound(range.Maximum)))
        {
            errors.Add(path, $"{Shortened(node.Text)} is out of range", expected, "");
        }
    }

    /// <summary>Settings that a driver reads later: only what no one could make sense of is reported here.</summary>
    private void CheckNoDuplicates(ConfigNode node, ConfigPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigMember member in node.Members)
        {
            ConfigPath at = path.Member(member.Name);
            if (!seen.Add(member.Name))
            {
                errors.Add(at, "given twice", "each member once", "remove one of the two");
            }

            CheckNoDuplicates(member.Value, at);
        }

        for (int i = 0; i < node.Items.Count; i++)
        {
            CheckNoDuplicates(node.Items[i], path.Index(i));
        }
    }

    private bool IsKind(ConfigNode node, JsonValueKind kind, ConfigPath path, string expected)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        string tryNext = (node.Kind, kind) switch
        {
            (JsonValueKind.String, JsonValueKind.Number) => "write it without quotes",
            (JsonValueKind.Number, JsonValueKind.String) => $"write \"{node.Text}\"",
            (JsonValueKind.Object or JsonValueKind.String, JsonValueKind.Array) => "put it in brackets: [ … ]",
            _ => "",
        };
        errors.Add(path, node.Describe(), expected, tryNext);
        return false;
    }

    private static bool FitsWhole(string text, Type type)
    {
        if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 number))
        {
            return false;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.SByte => number >= sbyte.MinValue && number <= sbyte.MaxValue,
            TypeCode.Byte => number >= 0 && number <= byte.MaxValue,
            TypeCode.Int16 => number >= short.MinValue && number <= short.MaxValue,
            TypeCode.UInt16 => number >= 0 && number <= ushort.MaxValue,
            TypeCode.Int32 => number >= int.MinValue && number <= int.MaxValue,
            TypeCode.UInt32 => number >= 0 && number <= uint.MaxValue,
            TypeCode.Int64 => number >= long.MinValue && number <= long.MaxValue,
            _ => number >= 0 && number <= ulong.MaxValue,
        };
    }

    private static string NumberExpected(bool whole, RangeAttribute? range)
    {
        string kind = whole ? "a whole number" : "a number";
        if (range is null)
        {
            return kind;
        }

        double max = Bound(range.Maximum);
        return max >= int.MaxValue
            ? $"{kind} of at least {Number(Bound(range.Minimum))}"
            : $"{kind} from {Number(Bound(range.Minimum))} to {Number(max)}";
    }

    private static double Bound(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.################", CultureInfo.InvariantCulture);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
