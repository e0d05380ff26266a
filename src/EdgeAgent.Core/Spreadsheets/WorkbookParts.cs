using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Where the parts of a workbook lie in its package, found by following relationships from the root.</summary>
internal sealed class WorkbookParts
{
    private const int SheetsMax = 1024;
    private const string Expected = "an .xlsx file as a spreadsheet saves it";

    public List<(string Name, string Part, bool IsHidden)> Sheets { get; } = [];

    public string? SharedTexts { get; private set; }

    public string? Styles { get; private set; }

    public bool Since1904 { get; private set; }

    public static WorkbookParts Read(Func<string, XmlReader?> open)
    {
        string workbook = Relations(open, "").Values.FirstOrDefault(r => r.Type == "officeDocument").Target
            ?? throw new WorkbookException("it is no workbook", Expected);
        Dictionary<string, (string Type, string Target)> relations = Relations(open, workbook);
        WorkbookParts parts = new()
        {
            SharedTexts = relations.Values.FirstOrDefault(r => r.Type == "sharedStrings").Target,
            Styles = relations.Values.FirstOrDefault(r => r.Type == "styles").Target,
        };
        using XmlReader part = open(workbook) ?? throw new WorkbookException($"its part {workbook} is missing", Expected);
        while (part.Read())
        {
            if (part.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (part.LocalName == "workbookPr")
            {
                parts.Since1904 = part.GetAttribute("date1904") is "1" or "true";
            }
            else if (part.LocalName == "sheet" && parts.Sheets.Count < SheetsMax && relations.TryGetValue(Id(part), out (string Type, string Target) sheet) && sheet.Type == "worksheet")
            {
                parts.Sheets.Add((part.GetAttribute("name") ?? "", sheet.Target, part.GetAttribute("state") is "hidden" or "veryHidden"));
            }
        }

        return parts.Sheets.Count > 0 ? parts : throw new WorkbookException("it has no sheet with cells", Expected);
    }

    private static string Id(XmlReader part)
    {
        for (bool more = part.MoveToFirstAttribute(); more; more = part.MoveToNextAttribute())
        {
            if (part.LocalName == "id" && part.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
            {
                string id = part.Value;
                part.MoveToElement();
                return id;
            }
        }

        part.MoveToElement();
        return "";
    }

    /// <summary>The relationships of a part (empty: of the package), by id; the type is the last word of its address.</summary>
    private static Dictionary<string, (string Type, string Target)> Relations(Func<string, XmlReader?> open, string part)
    {
        Dictionary<string, (string, string)> found = new(StringComparer.Ordinal);
        int slash = part.LastIndexOf('/') + 1;
        string folder = part[..slash];
        using XmlReader? relations = open($"{folder}_rels/{part[slash..]}.rels");
        while (relations is not null && relations.Read())
        {
            if (relations is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && relations.GetAttribute("Type") is { } type && relations.GetAttribute("Target") is { } target && relations.GetAttribute("TargetMode") != "External")
            {
                found[relations.GetAttribute("Id") ?? ""] = (type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target);
            }
        }

        return found;
    }
}
