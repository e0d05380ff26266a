namespace EdgeAgent.Core.Configuration;

/// <summary>A place in the configuration: a JSON path, or a line and column of a table.</summary>
/// <param name="Text">For instance <c>$.agent.endpoints[0].name</c>, or <c>line 3, column 2</c>.</param>
/// <param name="File">The file, when it is not the configuration file itself.</param>
public readonly record struct ConfigPath(string Text, string? File = null)
{
    public static ConfigPath Root { get; } = new("$");

    /// <summary>A member of the object here; in a table, a column of the row here.</summary>
    public ConfigPath Member(string name) => this with
    {
        Text = File is not null ? $"{Text}, {name}" : IsPlain(name) ? $"{Text}.{name}" : $"{Text}['{name}']",
    };

    public ConfigPath Index(int index) => this with { Text = $"{Text}[{index}]" };

    public static ConfigPath Cell(string file, int line, int column) => new($"line {line}, column {column}", file);

    public static ConfigPath Line(string file, int line) => new($"line {line}", file);

    public override string ToString() => File is null ? Text : $"{File}: {Text}";

    private static bool IsPlain(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '$'))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
