using System.Diagnostics.CodeAnalysis;
using System.Text;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Makes readings of one scan group out of an agent's answer to <c>current</c>: every tag exactly one.</summary>
internal sealed class MtConnectGroupReader(MtConnectEndpointPlan plan, string? device, MtConnectTag[] tags, TimeProvider time)
{
    private readonly List<MtConnectObservation> _observations = [];
    private readonly List<MtConnectObservation>[] _ofTag = [.. tags.Select(_ => new List<MtConnectObservation>())];
    private readonly string?[] _problems = new string?[tags.Length];
    private readonly Dictionary<string, List<int>> _tagsOfItem = new(StringComparer.Ordinal);
    private MtConnectModel? _model;
    private string? _problem;

    /// <summary>Where the answer goes.</summary>
    public HttpBody Body { get; } = new(plan.Server.Settings.ResponseBytesMax);

    public bool TryRead([NotNullWhen(true)] out MtConnectHeader? header, out string problem) =>
        MtConnectReader.TryReadStreams(Body.Bytes, _observations, out header, out problem);

    public ScanOutcome Fail(Quality quality, string problem, ScanAnswer answer, ReadingBatch into)
    {
        long ticks = UnixTicks.Now(time);
        foreach (MtConnectTag tag in tags)
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
        }

        return new ScanOutcome(answer, Keep(problem));
    }

    /// <summary>Adds what <see cref="TryRead"/> has read.</summary>
    public ScanOutcome Take(MtConnectModel model, ReadingBatch into)
    {
        if (model != _model)
        {
            Resolve(model);
        }

        foreach (List<MtConnectObservation> own in _ofTag)
        {
            own.Clear();
        }

        foreach (MtConnectObservation observation in _observations)
        {
            if (_tagsOfItem.TryGetValue(observation.DataItemId, out List<int>? wanted))
            {
                wanted.ForEach(i => _ofTag[i].Add(observation));
            }
        }

        long now = UnixTicks.Now(time);
        string? problem = null;
        for (int i = 0; i < tags.Length; i++)
        {
            problem = Add(i, now, into) ?? problem;
        }

        return new ScanOutcome(ScanAnswer.Answered, Keep(problem));
    }

    private void Resolve(MtConnectModel model)
    {
        _model = model;
        _tagsOfItem.Clear();
        MtConnectDataItem[] items = [.. model.Items.Where(item => device is null || item.Device == device || item.DeviceUuid == device)];
        string? unknown = items.Length > 0 ? null
            : $"the agent has no device '{device}'; it has {string.Join(", ", model.Items.Select(item => item.Device).Distinct())}";
        for (int i = 0; i < tags.Length; i++)
        {
            List<MtConnectDataItem> found = tags[i].Address.Find(items);
            _problems[i] = unknown ?? found.Count switch
            {
                1 => null,
                0 => $"tag '{tags[i].Name}': the device has no data item '{tags[i].Address.Text}'; see the agent's answer to probe",
                _ => $"tag '{tags[i].Name}': '{tags[i].Address.Text}' can mean {string.Join(", ", found.Select(item => $"{item.Id} of {item.Component}"))}; give the id",
            };
            if (_problems[i] is null)
            {
                if (!_tagsOfItem.TryGetValue(found[0].Id, out List<int>? wanting))
                {
                    _tagsOfItem.Add(found[0].Id, wanting = []);
                }

                wanting.Add(i);
            }
        }
    }

    private string? Add(int index, long now, ReadingBatch into)
    {
        MtConnectTag tag = tags[index];
        List<MtConnectObservation> own = _ofTag[index];
        if (own.Count == 0)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadOutOfService, now));
            return _problems[index] ?? $"tag '{tag.Name}': the agent knows '{tag.Address.Text}', but its answer does not have it";
        }

        MtConnectObservation last = own[0];
        foreach (MtConnectObservation observation in own)
        {
            last = observation.Sequence >= last.Sequence ? observation : last;
        }

        long ticks = plan.ObservationTime && TryTime(last.Timestamp, out long told) && TimeText.IsPlausible(told, now) ? told : now;
        if (last.IsUnavailable)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadNoCommunication, ticks));
            return null;
        }

        if (last.IsCondition)
        {
            AddCondition(tag, own, ticks, into);
        }
        else
        {
            TagValue.AddText(into, tag.Id, tag.Kind, ticks, Encoding.UTF8.GetBytes(last.Text));
        }

        return into.Readings[^1].Quality.IsGood ? null : $"tag '{tag.Name}': the value of '{tag.Address.Text}' is no {tag.Kind}; change the tag's type, \"string\" takes any";
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

    /// <summary>The same text as last time when it says the same, so that a lasting problem is one problem.</summary>
    private string? Keep(string? problem) => _problem = problem == _problem ? _problem : problem;
}
