namespace EdgeAgent.Assessment.Spreadsheets;

/// <summary>A column of a sheet to write.</summary>
/// <param name="WidthChars">Width in digits of the standard font; a Chinese character takes two.</param>
public sealed record SheetColumn(string Header, double WidthChars = 14);
