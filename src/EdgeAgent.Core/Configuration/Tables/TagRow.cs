using System.Globalization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Turns one row of a tag table into a tag, reporting every cell that does not fit.</summary>
/// <param name="words">Words of this table that are the same in many rows, so that each is kept once.</param>
internal readonly ref struct TagRow(List<string> cells, TagColumn?[] columns, string file, int line, HashSet<string> words, ConfigErrors errors)
{
    private static readonly Dictionary<string, TagType> Types = TypeNames();

    /// <summary>Null when a cell was wrong.</summary>
    public TagConfig? Read()
    {
        int before = errors.Total;
        if (cells.Count > columns.Length && cells.FindIndex(columns.Length, static c => !string.IsNullOrWhiteSpace(c)) is >= 0 and var extra)
        {
            errors.Add(ConfigPath.Cell(file, line, extra + 1), "a cell without a column", $"{columns.Length} cells", "quote cells that hold the separator");
        }

        var tag = new TagConfig
        {
            Name = Required(TagColumn.Name),
            Address = Required(TagColumn.Address),
            Description = Text(TagColumn.Description),
            Type = Type(),
            Order = Word(TagColumn.Order),
            Length = Whole(TagColumn.Length, 1, 65_535),
            Bit = Whole(TagColumn.Bit, 0, 63),
            Scan = Word(TagColumn.Scan),
            Scale = Number(TagColumn.Scale),
            Offset = Number(TagColumn.Offset),
            Unit = Word(TagColumn.Unit),
            Decimals = Whole(TagColumn.Decimals, 0, 15),
            Min = Number(TagColumn.Min),
            Max = Number(TagColumn.Max),
            Deadband = Number(TagColumn.Deadband, 0),
            DeadbandPercent = Number(TagColumn.DeadbandPercent, 0, 100),
            HeartbeatMs = Whole(TagColumn.HeartbeatMs, 1, int.MaxValue),
            Source = ConfigPath.Line(file, line),
        };
        return errors.Total == before ? tag : null;
    }

    private string? Text(TagColumn column)
    {
        int index = Array.IndexOf(columns, column);
        string cell = index >= 0 && index < cells.Count ? cells[index].Trim() : "";
        return cell.Length == 0 ? null : cell;
    }

    private string? Word(TagColumn column)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text, out string? kept))
        {
            return kept;
        }

        words.Add(text);
        return text;
    }

    private string Required(TagColumn column)
    {
        string? text = Text(column);
        if (text is null)
        {
            Add(column, "an empty cell", column == TagColumn.Name ? "the tag's name" : "an address in the driver's syntax", "fill it in, or remove the row");
        }

        return text ?? "";
    }

    private TagType? Type()
    {
        if (Text(TagColumn.Type) is not { } text)
        {
            return null;
        }

        if (Types.TryGetValue(text, out TagType type))
        {
            return type;
        }

        Add(TagColumn.Type, $"unknown type '{Shortened(text)}'", "one of " + string.Join(", ", Types.Keys), Similar.Advice(text, Types.Keys, "take one of those"));
        return null;
    }

    private int? Whole(TagColumn column, int min, int max)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        Add(column, $"'{Shortened(text)}' is not such a number", max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}", "");
        return null;
    }

    private double? Number(TagColumn column, double min = double.MinValue, double max = double.MaxValue)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            && number >= min && number <= max)
        {
            return number;
        }

        string expected = (min, max) switch
        {
            (double.MinValue, _) => "a number",
            (_, double.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"a number of at least {min}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"),
        };
        Add(column, $"'{Shortened(text)}' is not such a number", expected, text.Contains(',') ? "write a point, not a comma, before the decimals" : "");
        return null;
    }

    private void Add(TagColumn column, string problem, string expected, string tryNext) =>
        errors.Add(ConfigPath.Cell(file, line, Array.IndexOf(columns, column) + 1), $"{TagHeader.Names[(int)column][0]}: {problem}", expected, tryNext);

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static Dictionary<string, TagType> TypeNames()
    {
        var names = new Dictionary<string, TagType>(StringComparer.OrdinalIgnoreCase);
        foreach (TagType type in Enum.GetValues<TagType>())
        {
            names.Add(LowerCaseNaming.Policy.ConvertName(type.ToString()), type);
        }

        return names;
    }
}
