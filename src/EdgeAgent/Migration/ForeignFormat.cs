using System.Text.Json;

namespace EdgeAgent.Migration;

/// <summary>The projects of other programs that can be read.</summary>
internal static class ForeignFormat
{
    public const string Neuron = "neuron";
    public const string Telegraf = "telegraf";
    public const string Kepware = "kepware";
    public const string OpcPublisher = "opc-publisher";

    public static readonly IReadOnlyList<string> All = [Neuron, Telegraf, Kepware, OpcPublisher];

    /// <summary>Which one a file is by what is in it; null when it is none of them.</summary>
    public static string? Recognize(string text)
    {
        if (text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{') || text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("[{", StringComparison.Ordinal))
        {
            return RecognizeJson(text);
        }

        return text.Contains("[[inputs.modbus]]", StringComparison.Ordinal) ? Telegraf
            : NeuronTable.HasHeader(text) ? Neuron
            : RecognizeJson(text);
    }

    /// <exception cref="MigrationException">The file cannot be read.</exception>
    public static void Read(string format, string text, string fileName, MigratedPlant into)
    {
        try
        {
            switch (format)
            {
                case Neuron when NeuronTable.HasHeader(text):
                    NeuronTable.Read(text, Path.GetFileNameWithoutExtension(fileName), into);
                    break;
                case Neuron:
                    NeuronProject.Read(Parse(text), into);
                    break;
                case Telegraf:
                    TelegrafFile.Read(text, into);
                    break;
                case Kepware:
                    KepwareProject.Read(Parse(text), into);
                    break;
                default:
                    PublishedNodes.Read(Parse(text), into);
                    break;
            }
        }
        catch (JsonException e)
        {
            throw new MigrationException($"line {e.LineNumber + 1}: this is no JSON ({e.Message})", e);
        }
    }

    private static string? RecognizeJson(string text)
    {
        try
        {
            JsonElement root = Parse(text);
            return root.ValueKind == JsonValueKind.Array && root.EnumerateArray().Any(entry => entry.Member("EndpointUrl") is not null) ? OpcPublisher
                : root.Member("project")?.Member("channels") is not null ? Kepware
                : root.Member("nodes") is not null && root.Member("tags") is not null ? Neuron
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text.TrimStart('\uFEFF'), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return document.RootElement.Clone();
    }
}
