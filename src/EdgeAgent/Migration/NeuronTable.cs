using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Reads the table of tags that Neuron exports for one node as CSV. The table has no address of the device: that is left to be filled in.</summary>
internal static class NeuronTable
{
    private static readonly string[] s_needed = ["group", "name", "address", "type"];

    public static bool HasHeader(string text)
    {
        string line = text.TrimStart('\uFEFF').Split('\n', 2)[0];
        string[] names = [.. line.Split(',').Select(name => name.Trim(' ', '"', '\r').ToLowerInvariant())];
        return s_needed.All(names.Contains);
    }

    public static void Read(string text, string node, MigratedPlant into)
    {
        List<string> header = [];
        List<string> cells = [];
        CsvReader reader = new(text.TrimStart('\uFEFF'), ',');
        reader.TryRead(header);
        Dictionary<string, int> columns = [];
        for (int i = 0; i < header.Count; i++)
        {
            columns[header[i].Trim().ToLowerInvariant()] = i;
        }

        using JsonDocument nothing = JsonDocument.Parse("{}");
        NeuronNode place = NeuronNode.Create(node, "Modbus TCP", nothing.RootElement, into)!;
        while (reader.TryRead(cells))
        {
            string where = $"line {reader.Line}";
            if (reader.Problem is { } problem)
            {
                into.Leave(where, problem);
                continue;
            }

            place.Add(new NeuronTag(
                where,
                Cell("name"),
                Cell("address"),
                Cell("type").ToUpperInvariant(),
                AttributeOf(Cell("attribute")),
                Number("interval", ScanClassConfig.DefaultIntervalMs),
                Number("decimal", 0),
                Number("bias", 0),
                (int)Number("precision", 0),
                Cell("description")));
        }

        string Cell(string column) => columns.TryGetValue(column, out int i) && i < cells.Count ? cells[i].Trim() : "";

        double Number(string column, double otherwise) =>
            double.TryParse(Cell(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : otherwise;
    }

    private static int AttributeOf(string text)
    {
        string lower = text.ToLowerInvariant();
        return (lower.Length == 0 || lower.Contains("read", StringComparison.Ordinal) ? 1 : 0)
            | (lower.Contains("write", StringComparison.Ordinal) ? 2 : 0)
            | (lower.Contains("subscribe", StringComparison.Ordinal) ? 4 : 0)
            | (lower.Contains("static", StringComparison.Ordinal) ? 8 : 0);
    }
}
