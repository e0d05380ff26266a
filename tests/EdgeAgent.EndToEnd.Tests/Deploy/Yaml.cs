using YamlDotNet.RepresentationModel;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>YAML files of the deploy folder, read with anchors and merge keys resolved as far as the tests look.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> ReadAll(string file)
    {
        var stream = new YamlStream();
        using var text = new StringReader(File.ReadAllText(file));
        stream.Load(text);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The node under a path of keys; null when there is none.</summary>
    public static YamlNode? Find(this YamlNode node, params string[] path)
    {
        YamlNode? at = node;
        foreach (string key in path)
        {
            at = at is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
        }

        return at;
    }

    public static IEnumerable<KeyValuePair<string, YamlNode>> Members(this YamlNode? node) => node is YamlMappingNode map
        ? map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, child.Value))
        : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node is YamlSequenceNode list ? list.Children : [];

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    /// <summary>Every scalar below a node.</summary>
    public static IEnumerable<string> Scalars(this YamlNode node) => node.AllNodes.OfType<YamlScalarNode>().Select(scalar => scalar.Value ?? "");
}
