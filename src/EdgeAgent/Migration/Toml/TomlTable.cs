namespace EdgeAgent.Migration.Toml;

/// <summary>A table of a TOML document. Values are text, long, double, bool, lists of these, and tables.</summary>
internal sealed class TomlTable
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _values.Keys;

    public bool Has(string name) => _values.ContainsKey(name);

    public object? Find(string name) => _values.GetValueOrDefault(name);

    public bool TryAdd(string name, object value) => _values.TryAdd(name, value);

    public TomlTable? Table(string name) => Find(name) as TomlTable ?? (Find(name) as List<object>)?.LastOrDefault() as TomlTable;

    /// <summary>The tables of an array of tables; a single table is one of one.</summary>
    public IEnumerable<TomlTable> Tables(string name) => Find(name) is TomlTable single ? [single] : Items(name);

    /// <summary>The tables of a list; empty when it is none.</summary>
    public IEnumerable<TomlTable> Items(string name) => Values(name).OfType<TomlTable>();

    public IEnumerable<object> Values(string name) => Find(name) as List<object> ?? [];

    public string? Text(string name) => Find(name) as string;

    public long? Integer(string name) => Find(name) as long?;

    public double? Number(string name) => Find(name) switch
    {
        long whole => whole,
        double number => number,
        string text when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    public bool? Flag(string name) => Find(name) as bool?;
}
