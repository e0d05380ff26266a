using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>Makes readings of one scan group out of an agent's answer to <c>current</c>: every tag exactly one.</summary>
internal sealed class MtConnectGroupReader(MtConnectEndpointPlan plan, string? device, MtConnectTag[] tags, TimeProvider time)
{
    private readonly List<MtConnectObservation> _observations = [];
    private readonly List<MtConnectObservation>[] _ofTag = [.. tags.Select(_ => new List<MtConnectObservation>())];
    private MtConnectModel? _model;
    private MtConnectTagMap? _map;
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
            (_model, _map) = (model, new MtConnectTagMap(model, device, tags));
        }

        foreach (List<MtConnectObservation> own in _ofTag)
        {
            own.Clear();
        }

        foreach (MtConnectObservation observation in _observations)
        {
            _map!.TagsOf(observation.DataItemId)?.ForEach(i => _ofTag[i].Add(observation));
        }

        long now = UnixTicks.Now(time);
        string? problem = null;
        for (int i = 0; i < tags.Length; i++)
        {
            problem = Add(i, now, into) ?? problem;
        }

        return new ScanOutcome(ScanAnswer.Answered, Keep(problem));
    }

    private string? Add(int index, long now, ReadingBatch into)
    {
        MtConnectTag tag = tags[index];
        List<MtConnectObservation> own = _ofTag[index];
        if (own.Count == 0)
        {
            into.Add(Reading.Failed(tag.Id, Quality.BadOutOfService, now));
            return _map!.Problems[index] ?? $"tag '{tag.Name}': the agent knows '{tag.Address.Text}', but its answer does not have it";
        }

        ObservationReadings.Add(tag, own, plan.ObservationTime, now, into);
        Quality quality = into.Readings[^1].Quality;
        return quality.IsGood || quality == Quality.BadNoCommunication ? null
            : $"tag '{tag.Name}': the value of '{tag.Address.Text}' is no {tag.Kind}; change the tag's type, \"string\" takes any";
    }

    /// <summary>The same text as last time when it says the same, so that a lasting problem is one problem.</summary>
    private string? Keep(string? problem) => _problem = problem == _problem ? _problem : problem;
}
