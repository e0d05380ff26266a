using System.Globalization;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>How long to look back: whole calendar days, or minutes up to the report instant.</summary>
public readonly record struct WindowLength
{
    private const int DaysMax = 366;

    private WindowLength(int days, int minutes)
    {
        Days = days;
        Minutes = minutes;
    }

    /// <summary>Calendar days; 0 when the length is in minutes.</summary>
    public int Days { get; }

    /// <summary>Minutes; 0 when the length is in days.</summary>
    public int Minutes { get; }

    public static WindowLength OfDays(int days) => new(days, 0);

    /// <summary>The length that a rule pack asks for.</summary>
    public static WindowLength Of(RulePacks.RulePack pack) => pack.WindowDays is { } days ? OfDays(days) : OfMinutes(pack.WindowMinutes!.Value);

    public static WindowLength OfMinutes(int minutes) => new(0, minutes);

    /// <summary>Reads <c>7d</c>, <c>12h</c> or <c>10m</c>, at most 366 days.</summary>
    public static bool TryParse(string text, out WindowLength length)
    {
        length = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        (int unitMinutes, bool days) = text[^1] switch { 'd' => (1440, true), 'h' => (60, false), 'm' => (1, false), _ => (0, false) };
        if (unitMinutes == 0 || count < 1 || count > DaysMax * 1440 / unitMinutes)
        {
            return false;
        }

        length = days ? OfDays(count) : OfMinutes(count * unitMinutes);
        return true;
    }

    public override string ToString() => Days > 0 ? $"{Days}d" : Minutes % 60 == 0 ? $"{Minutes / 60}h" : $"{Minutes}m";
}
