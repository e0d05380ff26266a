using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Makes readings of observations.</summary>
internal static class ObservationReadings
{
    /// <summary>Adds one reading of a tag.</summary>
    /// <param name="own">What is known of its data item: one observation, or of a condition all that is active.</param>
    public static void Add(MtConnectTag tag, List<MtConnectObservation> own, bool observationTime, long now, ReadingBatch into)
    {
        MtConnectObservation last = own[0];
        foreach (MtConnectObservation observation in own)
        {
            last = observation.Sequence >= last.Sequence ? observation : last;
        }

        long ticks = observationTime && TryTime(last.Timestamp, out long told) && TimeText.IsPlausible(told, now) ? told : now;
        if (last.IsUnavailable)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadNoCommunication, ticks));
        }
        else if (last.IsCondition)
        {
            AddCondition(tag, own, ticks, into);
        }
        else
        {
            TagValue.AddText(into, tag.Id, tag.Kind, ticks, Encoding.UTF8.GetBytes(last.Text));
        }
    }

    /// <summary>As text all that is active, the worst first; as a number 0 normal, 1 warning, 2 fault.</summary>
    private static void AddCondition(MtConnectTag tag, List<MtConnectObservation> active, long ticks, ReadingBatch into)
    {
        if (tag.Kind != ValueKind.Text)
        {
            TagValue.Add(into, tag.Id, tag.Kind, ticks, active.Max(Severity));
            return;
        }

        IEnumerable<string> texts = active.Where(o => !o.IsUnavailable).OrderByDescending(Severity).ThenBy(o => o.Sequence).Select(o =>
            string.Join(' ', new[] { o.Level, o.NativeCode, o.Text }.Where(part => part.Length > 0)));
        into.AddText(tag.Id, Quality.Good, ticks, string.Join("; ", texts));
    }

    private static long Severity(MtConnectObservation condition) => condition.Level switch { "Fault" => 2, "Warning" => 1, _ => 0 };

    /// <summary>ISO 8601 in UTC; some agents write nanoseconds, of which ours are hundreds.</summary>
    private static bool TryTime(string text, out long ticks)
    {
        const int DigitsMax = 7;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        string fitting = end > DigitsMax ? text.Remove(point + 1 + DigitsMax, end - DigitsMax) : text;
        return TimeText.TryParse(Encoding.UTF8.GetBytes(fitting), TimeSpan.Zero, out ticks);
    }
}
