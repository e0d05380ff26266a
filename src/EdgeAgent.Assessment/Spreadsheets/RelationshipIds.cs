using System.Xml.Linq;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Numbers the relationships of one part rId1, rId2, … in the order of their type and target, and follows them into the part.</summary>
internal static class RelationshipIds
{
    private const string Folder = "_rels/";
    private const string Extension = ".rels";

    private static readonly XNamespace[] Referring =
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "urn:schemas-microsoft-com:office:office",
    ];

    public static bool IsRelations(string part) =>
        part.EndsWith(Extension, StringComparison.Ordinal) && (part.StartsWith(Folder, StringComparison.Ordinal) || part.Contains("/" + Folder, StringComparison.Ordinal));

    public static void Renumber(SortedDictionary<string, byte[]> parts, string relations)
    {
        XDocument document = OfficePackage.Parse(parts[relations]);
        XElement[] sorted = [.. document.Root!.Elements()
            .OrderBy(e => (string?)e.Attribute("Type"), StringComparer.Ordinal)
            .ThenBy(e => (string?)e.Attribute("TargetMode"), StringComparer.Ordinal)
            .ThenBy(e => (string?)e.Attribute("Target"), StringComparer.Ordinal)];
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        for (int i = 0; i < sorted.Length; i++)
        {
            string id = $"rId{i + 1}";
            renamed[(string?)sorted[i].Attribute("Id") ?? ""] = id;
            sorted[i].SetAttributeValue("Id", id);
        }

        document.Root.ReplaceNodes(sorted.Cast<object>().ToArray());
        parts[relations] = OfficePackage.Bytes(document);
        string owner = OwnerOf(relations);
        if (parts.TryGetValue(owner, out byte[]? part) && owner.EndsWith(".xml", StringComparison.Ordinal))
        {
            parts[owner] = Follow(part, renamed);
        }
    }

    /// <summary><c>word/_rels/document.xml.rels</c> belongs to <c>word/document.xml</c>.</summary>
    private static string OwnerOf(string relations)
    {
        int folder = relations.LastIndexOf(Folder, StringComparison.Ordinal);
        return relations[..folder] + relations[(folder + Folder.Length)..^Extension.Length];
    }

    private static byte[] Follow(byte[] part, Dictionary<string, string> renamed)
    {
        XDocument document = OfficePackage.Parse(part);
        foreach (XAttribute reference in document.Descendants().Attributes().Where(a => Referring.Contains(a.Name.Namespace)))
        {
            if (renamed.TryGetValue(reference.Value, out string? id))
            {
                reference.Value = id;
            }
        }

        return OfficePackage.Bytes(document);
    }
}
