using System.Globalization;
using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>The texts that the cells of a workbook refer to by number.</summary>
internal sealed class SharedTexts
{
    private const int TextsMax = 4_000_000;
    private readonly List<string> _texts = [];

    public static SharedTexts None { get; } = new();

    public static SharedTexts Read(XmlReader part)
    {
        SharedTexts shared = new();
        while (part.Read())
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                shared._texts.Add(WorkbookXml.TextOf(part, "t"));
                if (shared._texts.Count > TextsMax)
                {
                    throw new WorkbookException($"it has more than {TextsMax} different texts", "a ledger as a spreadsheet saves it");
                }
            }
        }

        return shared;
    }

    /// <summary>The text of a number; null when there is none.</summary>
    public string? Find(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _texts.Count ? _texts[index] : null;
}
