using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Collector.Drivers.MtConnect;

/// <summary>The observations of one device, in the order of their sequence numbers, and how far they were taken.</summary>
/// <param name="index">Of the device.</param>
/// <param name="device">Its name or uuid at the agent, or null.</param>
internal sealed class MtConnectSampleStream(int index, string? device, MtConnectTag[] tags, HttpServer server, int countMost)
{
    private readonly List<MtConnectObservation> _observations = [];
    private readonly List<MtConnectObservation> _one = [];
    private readonly Dictionary<string, List<MtConnectObservation>> _conditions = new(StringComparer.Ordinal);
    private readonly string _path = device is null ? "" : Uri.EscapeDataString(device) + "/";
    private MtConnectTagMap? _map;
    private long _lostFrom = -1;

    public int Index => index;

    /// <summary>Number of the next observation to ask for; -1 when none is known.</summary>
    public long Next { get; private set; } = -1;

    /// <summary>Whether the present values must be told anew: at the beginning, after a gap, and after a time without answers.</summary>
    public bool WantsCurrent { get; set; } = true;

    /// <summary>Whether what comes is of a time without answers, until all of it has come.</summary>
    public bool IsCatchingUp { get; set; }

    public HttpQuestion Sample => Question($"sample?from={Next}&count={countMost}");

    public HttpQuestion Current => Question("current");

    /// <summary>What is wrong with the tags, or null.</summary>
    public string? Problem => _map?.Problems.FirstOrDefault(problem => problem is not null);

    /// <summary>Begins with what the agent's ids mean now; a new instance counts its observations anew.</summary>
    public void Begin(MtConnectModel model, bool isSameInstance)
    {
        _map = new MtConnectTagMap(model, device, tags);
        _conditions.Clear();
        WantsCurrent = true;
        IsCatchingUp = isSameInstance && Next >= 0;
        (Next, _lostFrom) = (isSameInstance ? Next : -1, -1);
    }

    /// <summary>Gives up the number that the agent does not have; its present values will tell with which one to go on.</summary>
    public void Restart() => (_lostFrom, Next, WantsCurrent, IsCatchingUp) = (Next, -1, true, false);

    public bool TryRead(HttpBody body, [NotNullWhen(true)] out MtConnectHeader? header, out string problem) => MtConnectReader.TryReadStreams(body.Bytes, _observations, out header, out problem);

    /// <summary>Takes an answer to <see cref="Sample"/>: a reading for each observation of a tag.</summary>
    /// <returns>How many observations of the agent were overwritten before they were asked for.</returns>
    public long TakeSample(MtConnectHeader header, long now, ReadingBatch into)
    {
        long gap = Math.Max(0, header.FirstSequence - Next);
        foreach (MtConnectObservation observation in _observations.OrderBy(observation => observation.Sequence))
        {
            if (observation.Sequence >= Next)
            {
                Take(observation, now, into);
            }
        }

        long last = _observations.Count > 0 ? _observations.Max(observation => observation.Sequence) : -1;
        Next = Math.Max(Next, Math.Max(header.NextSequence, last + 1));
        WantsCurrent |= gap > 0;
        return gap;
    }

    /// <summary>Takes an answer to <see cref="Current"/>: the present value of each tag, but for what <see cref="Sample"/> will tell.</summary>
    /// <returns>As for <see cref="TakeSample"/>.</returns>
    public long TakeCurrent(MtConnectHeader header, long now, ReadingBatch into)
    {
        bool wasOverwritten = _lostFrom >= 0 && header.FirstSequence > _lostFrom;
        long gap = wasOverwritten ? header.FirstSequence - _lostFrom : 0;
        Next = Next >= 0 ? Next : wasOverwritten ? header.FirstSequence : header.NextSequence;
        _lostFrom = -1;
        var told = new HashSet<int>();
        foreach (IGrouping<string, MtConnectObservation> item in _observations.GroupBy(observation => observation.DataItemId))
        {
            if (_map!.TagsOf(item.Key) is not { } wanting)
            {
                continue;
            }

            told.UnionWith(wanting);
            if (item.All(observation => observation.Sequence < Next))
            {
                List<MtConnectObservation> own = [.. item];
                if (own[0].IsCondition)
                {
                    _conditions[item.Key] = own;
                }

                wanting.ForEach(tag => ObservationReadings.Add(tags[tag], own, observationTime: true, now, into));
            }
        }

        for (int tag = 0; tag < tags.Length; tag++)
        {
            if (!told.Contains(tag))
            {
                into.Add(Reading.Failed(tags[tag].Id, Quality.BadOutOfService, now));
            }
        }

        (WantsCurrent, IsCatchingUp) = (false, false);
        return gap;
    }

    /// <summary>Tells of each tag that nothing could be read.</summary>
    public void Fail(Quality quality, long now, ReadingBatch into)
    {
        foreach (MtConnectTag tag in tags)
        {
            into.Add(Reading.Failed(tag.Id, quality, now));
        }

        WantsCurrent = true;
    }

    private void Take(MtConnectObservation observation, long now, ReadingBatch into)
    {
        if (_map!.TagsOf(observation.DataItemId) is { } wanting)
        {
            List<MtConnectObservation> own = observation.IsCondition ? ActiveWith(observation) : Only(observation);
            wanting.ForEach(tag => ObservationReadings.Add(tags[tag], own, observationTime: true, now, into));
        }
    }

    private List<MtConnectObservation> Only(MtConnectObservation observation)
    {
        _one.Clear();
        _one.Add(observation);
        return _one;
    }

    /// <summary>What of a condition is active after a change: normal without a number ends all, with a number the one of it.</summary>
    private List<MtConnectObservation> ActiveWith(MtConnectObservation change)
    {
        if (!_conditions.TryGetValue(change.DataItemId, out List<MtConnectObservation>? active))
        {
            _conditions.Add(change.DataItemId, active = []);
        }

        bool isOne = change.Level is "Fault" or "Warning" || change.NativeCode.Length > 0;
        active.RemoveAll(known => !isOne || known.NativeCode == change.NativeCode || known.Level is not ("Fault" or "Warning"));
        if (change.Level != "Normal" || active.Count == 0)
        {
            active.Add(change);
        }

        return active;
    }

    private HttpQuestion Question(string what) => new(new Uri($"{server.Base}/{_path}{what}"), null, "", MtConnectEndpoint.Accept);
}
