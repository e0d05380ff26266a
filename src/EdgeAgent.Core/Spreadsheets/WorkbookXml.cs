using System.Xml;

namespace EdgeAgent.Core.Spreadsheets;

/// <summary>Reads the XML of workbook parts: no document types, no outside references.</summary>
internal static class WorkbookXml
{
    public static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    /// <summary>The text of an element and what is below it, phonetic guides aside; leaves the reader on its end.</summary>
    /// <param name="name">Only the text of elements of this name counts.</param>
    public static string TextOf(XmlReader reader, string name)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        int depth = reader.Depth;
        string text = "";
        bool counts = reader.LocalName == name;
        while (reader.Read() && reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "rPh": // how to pronounce the text; not part of it
                    Skip(reader);
                    break;
                case XmlNodeType.Element:
                    counts = reader.LocalName == name;
                    break;
                case XmlNodeType.EndElement:
                    counts = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when counts:
                    text += reader.Value;
                    if (text.Length > SheetText.LengthMax)
                    {
                        throw new WorkbookException($"a cell has more than {SheetText.LengthMax} characters", "an .xlsx file as a spreadsheet saves it");
                    }

                    break;
            }
        }

        return SheetText.Decode(text);
    }

    /// <summary>Leaves the reader on the end of the element it is on.</summary>
    public static void Skip(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        int depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
        }
    }
}
