using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Writes what was understood as a configuration, with the tags of each device in a table beside it.</summary>
internal static class MigratedFiles
{
    public const string ConfigName = "agent.json";
    public const string LeftOverName = "left-over.txt";
    private const string TableDirectory = "tables";

    private static readonly JsonWriterOptions s_style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Path of the configuration.</returns>
    /// <exception cref="IOException">A file of that name is there, or cannot be written.</exception>
    public static string Write(MigratedPlant plant, string directory, string site, string agent)
    {
        Directory.CreateDirectory(Path.Combine(directory, TableDirectory));
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        JsonArray endpoints = [];
        foreach (MigratedEndpoint endpoint in plant.Endpoints)
        {
            JsonArray devices = [];
            foreach (MigratedDevice device in endpoint.Devices)
            {
                string table = TableName(device.Name, taken);
                WriteNew(Path.Combine(directory, TableDirectory, table), TableOf(device));
                JsonObject node = new() { ["name"] = device.Name };
                if (device.Settings.Count > 0)
                {
                    node["settings"] = device.Settings.DeepClone();
                }

                node["tagFile"] = $"{TableDirectory}/{table}";
                devices.Add((JsonNode)node);
            }

            endpoints.Add((JsonNode)new JsonObject { ["name"] = endpoint.Name, ["driver"] = endpoint.Driver, ["settings"] = endpoint.Settings.DeepClone(), ["devices"] = devices });
        }

        JsonObject section = new() { ["id"] = agent };
        if (plant.ScanClasses.Count > 0)
        {
            section["scanClasses"] = new JsonObject(plant.ScanClasses.Select(scan => KeyValuePair.Create(scan.Key, (JsonNode?)new JsonObject { ["intervalMs"] = scan.Value })));
        }

        section["publishers"] = new JsonArray(new JsonObject { ["name"] = "hub", ["brokers"] = new JsonArray("mqtt://127.0.0.1:1883") });
        section["endpoints"] = endpoints;
        string path = Path.Combine(directory, ConfigName);
        WriteNew(path, BytesOf(new JsonObject { ["site"] = site, ["agent"] = section }));
        WriteNew(Path.Combine(directory, LeftOverName), Encoding.UTF8.GetBytes(string.Concat(plant.LeftOvers.Select(left => $"{left}\n"))));
        return path;
    }

    private static byte[] BytesOf(JsonObject config)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, s_style))
        {
            config.WriteTo(json);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Never over something that is there: somebody may have worked on it.</summary>
    private static void WriteNew(string path, byte[] bytes)
    {
        using FileStream stream = new(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
    }

    private static string TableName(string device, HashSet<string> taken)
    {
        string name = string.Concat(device.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')) is { Length: > 0 } clean ? clean : "device";
        string unique = name;
        for (int i = 2; !taken.Add(unique); i++)
        {
            unique = $"{name}-{i}";
        }

        return unique + ".csv";
    }

    /// <summary>Only the columns that some tag fills; with a mark at the start, so that Excel shows Chinese names.</summary>
    private static byte[] TableOf(MigratedDevice device)
    {
        (string Name, Func<TagConfig, string?> Cell)[] columns =
        [
            ("name", tag => tag.Name),
            ("address", tag => tag.Address),
            ("type", tag => tag.Type?.ToString().ToLowerInvariant()),
            ("order", tag => tag.Order),
            ("length", tag => Number(tag.Length)),
            ("bit", tag => Number(tag.Bit)),
            ("scan", tag => tag.Scan),
            ("scale", tag => Number(tag.Scale)),
            ("offset", tag => Number(tag.Offset)),
            ("unit", tag => tag.Unit),
            ("decimals", tag => Number(tag.Decimals)),
            ("description", tag => tag.Description),
        ];
        (string Name, Func<TagConfig, string?> Cell)[] used = [.. columns.Where(column => column.Name is "name" or "address" || device.Tags.Any(tag => column.Cell(tag) is not null))];
        return new TagSheet([.. used.Select(column => column.Name)], [.. device.Tags.Select(tag => (IReadOnlyList<string>)[.. used.Select(column => column.Cell(tag) ?? "")])]).ToBytes();
    }

    private static string? Number<T>(T? number)
        where T : struct, IFormattable => number?.ToString(null, CultureInfo.InvariantCulture);
}
