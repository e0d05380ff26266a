using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>Makes an Office file (XLSX, DOCX) a function of its content: same content, same bytes.</summary>
/// <remarks>The library that writes packages stamps the present time on every part and draws random ids and part names. Here parts
/// get one fixed time and a fixed order, relationships are numbered in the order of their type and target, and part and content
/// types are listed in order. Compression is the runtime's: the bytes are the same for the same build of the program.</remarks>
public static class OfficePackage
{
    private const string ContentTypes = "[Content_Types].xml";
    private const string RootRelations = "_rels/.rels";
    private const string CoreProperties = "docProps/core.xml";

    /// <summary>The earliest instant that a ZIP file can express.</summary>
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>Reads a package from its beginning to its end and gives the normalized one.</summary>
    /// <exception cref="InvalidDataException">It is no package.</exception>
    public static byte[] Normalize(Stream package)
    {
        SortedDictionary<string, byte[]> parts = ReadParts(package);
        if (!parts.ContainsKey(ContentTypes))
        {
            throw new InvalidDataException($"The file is no Office package: it has no {ContentTypes}.");
        }

        RenameCoreProperties(parts);
        foreach (string relations in parts.Keys.Where(RelationshipIds.IsRelations).ToArray())
        {
            RelationshipIds.Renumber(parts, relations);
        }

        parts[ContentTypes] = SortedTypes(parts[ContentTypes]);
        return Write(parts);
    }

    internal static XDocument Parse(byte[] part) => XDocument.Load(new MemoryStream(part), LoadOptions.PreserveWhitespace);

    internal static byte[] Bytes(XDocument document)
    {
        using MemoryStream stream = new();
        using (StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true))
        {
            document.Declaration = new XDeclaration("1.0", "utf-8", "yes");
            document.Save(writer, SaveOptions.DisableFormatting);
        }

        return stream.ToArray();
    }

    private static SortedDictionary<string, byte[]> ReadParts(Stream package)
    {
        SortedDictionary<string, byte[]> parts = new(StringComparer.Ordinal);
        using ZipArchive archive = new(package, ZipArchiveMode.Read, leaveOpen: true);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream content = entry.Open();
            using MemoryStream bytes = new();
            content.CopyTo(bytes);
            parts[entry.FullName] = bytes.ToArray();
        }

        return parts;
    }

    /// <summary>The packaging library names this part after a new random id each time.</summary>
    private static void RenameCoreProperties(SortedDictionary<string, byte[]> parts)
    {
        if (parts.Keys.FirstOrDefault(name => name.EndsWith(".psmdcp", StringComparison.Ordinal)) is not { } random)
        {
            return;
        }

        parts[CoreProperties] = parts[random];
        parts.Remove(random);
        Replace(parts, RootRelations, $"/{random}", $"/{CoreProperties}");
        Replace(parts, RootRelations, $"\"{random}", $"\"{CoreProperties}");
        XDocument types = Parse(parts[ContentTypes]);
        types.Root!.Elements(Types + "Default").FirstOrDefault(e => (string?)e.Attribute("Extension") == "psmdcp")?.Remove();
        types.Root.Elements(Types + "Override").FirstOrDefault(e => (string?)e.Attribute("PartName") == $"/{random}")?.Remove();
        types.Root.Add(new XElement(
            Types + "Override",
            new XAttribute("PartName", $"/{CoreProperties}"),
            new XAttribute("ContentType", "application/vnd.openxmlformats-package.core-properties+xml")));
        parts[ContentTypes] = Bytes(types);
    }

    private static void Replace(SortedDictionary<string, byte[]> parts, string part, string what, string with) =>
        parts[part] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(parts[part]).Replace(what, with, StringComparison.Ordinal));

    private static byte[] SortedTypes(byte[] part)
    {
        XDocument types = Parse(part);
        XElement[] sorted = [.. types.Root!.Elements()
            .OrderBy(e => e.Name.LocalName, StringComparer.Ordinal)
            .ThenBy(e => (string?)e.Attribute("Extension") ?? (string?)e.Attribute("PartName"), StringComparer.Ordinal)];
        types.Root.ReplaceNodes(sorted.Cast<object>().ToArray());
        return Bytes(types);
    }

    private static byte[] Write(SortedDictionary<string, byte[]> parts)
    {
        using MemoryStream target = new();
        using (ZipArchive archive = new(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Readers that stream expect the types first, and file managers tell the kind of file by the first parts.
            foreach (string name in parts.Keys.OrderBy(n => n == ContentTypes ? 0 : n == RootRelations ? 1 : 2).ThenBy(n => n, StringComparer.Ordinal))
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = Fixed;
                entry.ExternalAttributes = 0;
                using Stream content = entry.Open();
                content.Write(parts[name]);
            }
        }

        return target.ToArray();
    }
}
