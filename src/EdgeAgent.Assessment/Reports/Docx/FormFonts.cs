using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EdgeAgent.Assessment.Reports.Docx;

/// <summary>Fonts of the forms: those that official documents use, with what to take where they are not installed.</summary>
internal static class FormFonts
{
    public const string Song = "宋体";
    public const string FangSong = "仿宋";

    /// <summary>Has the tick boxes.</summary>
    public const string Symbols = "Segoe UI Symbol";

    public static void AddTo(MainDocumentPart document)
    {
        document.AddNewPart<FontTablePart>("rIdFonts").Fonts = new Fonts(
            Entry(Song, "SimSun,Noto Serif CJK SC,Source Han Serif SC", FontFamilyValues.Roman),
            Entry(FangSong, "FangSong,FangSong_GB2312,Noto Serif CJK SC", FontFamilyValues.Modern),
            Entry(Symbols, "MS Gothic,DejaVu Sans,Noto Sans Symbols2", FontFamilyValues.Swiss));
        document.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = new Styles(
            new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(Of(Song), new FontSize { Val = "24" }, new Languages { Val = "zh-CN", EastAsia = "zh-CN" }))),
            Heading(1, 32),
            Heading(2, 28),
            Heading(3, 24));
    }

    public static RunFonts Of(string name) => new() { Ascii = name, HighAnsi = name, EastAsia = name, ComplexScript = name };

    private static Font Entry(string name, string others, FontFamilyValues family) =>
        new(new AltName { Val = others }, new FontCharSet { Val = "86" }, new FontFamily { Val = family }) { Name = name };

    private static Style Heading(int level, int halfPoints) => new(
        new StyleName { Val = $"heading {level}" },
        new StyleParagraphProperties(
            new KeepNext(),
            new SpacingBetweenLines { Before = "200", After = "120" },
            new OutlineLevel { Val = level - 1 }),
        new StyleRunProperties(Of(Song), new Bold(), new FontSize { Val = halfPoints.ToString(System.Globalization.CultureInfo.InvariantCulture) }))
    {
        Type = StyleValues.Paragraph,
        StyleId = $"Heading{level}",
    };
}
