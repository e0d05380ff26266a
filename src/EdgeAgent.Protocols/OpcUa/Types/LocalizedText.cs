namespace EdgeAgent.Protocols.OpcUa;

/// <summary>A text for people, with the locale it is written in, if told.</summary>
public readonly record struct LocalizedText(string? Locale, string? Text)
{
    public override string ToString() => Text ?? "";
}
