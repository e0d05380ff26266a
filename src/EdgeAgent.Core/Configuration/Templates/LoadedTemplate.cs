using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>A template that was read and fits its record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Where it is, for messages.</param>
/// <param name="Node">Its content; every node knows the file.</param>
internal sealed record LoadedTemplate(string Name, string File, ConfigNode Node)
{
    public IEnumerable<string> Drivers => Node.Member("drivers")?.Items.Select(static driver => driver.Text) ?? [];

    public IEnumerable<ConfigMember> ScanClasses => Node.Member("scanClasses")?.Members ?? [];

    public ConfigNode? Settings => Node.Member("settings");

    public IReadOnlyList<ConfigNode> Tags => Node.Member("tags")?.Items ?? [];

    /// <summary>A copy of the node in which everything knows the file it stands in.</summary>
    public static ConfigNode InFile(ConfigNode node, string file) => node with
    {
        File = file,
        Members = node.Kind == JsonValueKind.Object ? node.Members.ConvertAll(m => m with { Value = InFile(m.Value, file) }) : node.Members,
        Items = node.Kind == JsonValueKind.Array ? node.Items.ConvertAll(item => InFile(item, file)) : node.Items,
    };
}
