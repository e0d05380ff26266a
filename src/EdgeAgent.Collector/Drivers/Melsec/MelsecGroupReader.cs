using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Melsec;

namespace EdgeAgent.Collector.Drivers.Melsec;

/// <summary>Reads the tags of one scan group: every tag exactly one reading, whatever happens on the way.</summary>
/// <remarks>A run of several tags that the controller refuses is read tag by tag from the next scan on, until the next connection. A scan in which
/// all goes well allocates nothing.</remarks>
internal sealed class MelsecGroupReader(MelsecClient client, IEnumerable<MelsecTag> tags, MelsecDeviceSettings settings, MelsecFrameKind frame, TimeProvider time) : IGroupReader
{
    private readonly MelsecTag[] _tags = MelsecRunPlanner.Sort(tags);
    private readonly HashSet<int> _alone = [];
    private readonly byte[] _words = new byte[MelsecFrames.WordsMax * 2];
    private List<MelsecPlannedRun> _runs = [];
    private (MelsecResult Result, MelsecTag? Tag) _told;
    private string _text = "";
    private long _connection = -1;
    private bool _stale = true;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(long connection, ReadingBatch into, CancellationToken cancellation)
    {
        Prepare(connection);
        string? problem = null;
        for (int i = 0; i < _runs.Count; i++)
        {
            MelsecPlannedRun run = _runs[i];
            MelsecResult result = await client.ReadAsync(run.Run, _words.AsMemory(0, run.Run.Words * 2), cancellation).ConfigureAwait(false);
            long ticks = UnixTicks.Now(time);
            if (result.IsOk)
            {
                foreach (MelsecTag tag in TagsOf(run))
                {
                    MelsecValueDecoder.Decode(tag, _words.AsSpan((tag.Start - run.Run.Start) / tag.DevicesPerWord * 2, tag.Words * 2), ticks, into);
                }
            }
            else if (result.Status == MelsecStatus.Refused)
            {
                problem = TextOf(result, _tags[run.FirstTag]);
                Refuse(run, result, ticks, into);
            }
            else
            {
                // The connection is gone; what was not asked for shares the fate of what was.
                for (int left = i; left < _runs.Count; left++)
                {
                    Fail(_runs[left], QualityOf(result), ticks, into);
                }

                return new ScanOutcome(ScanAnswer.ConnectionLost, TextOf(result, null));
            }
        }

        return new ScanOutcome(ScanAnswer.Answered, problem);
    }

    private static Quality QualityOf(in MelsecResult result) => result.Status switch
    {
        MelsecStatus.Timeout => Quality.BadTimeout,
        MelsecStatus.BadFrame => Quality.BadDecodingError,
        MelsecStatus.Disconnected => Quality.BadNotConnected,
        _ => Quality.BadOutOfService,
    };

    private void Prepare(long connection)
    {
        if (connection != _connection)
        {
            _connection = connection;
            _alone.Clear();
            _stale = true;
        }

        if (_stale)
        {
            _stale = false;
            int wordsMax = Math.Min(settings.WordsMax ?? int.MaxValue, MelsecFrames.WordsMaxOf(frame));
            _runs = MelsecRunPlanner.Plan(_tags, settings.GapWordsMax, wordsMax, _alone);
        }
    }

    private void Refuse(in MelsecPlannedRun run, in MelsecResult result, long ticks, ReadingBatch into)
    {
        Fail(run, QualityOf(result), ticks, into);
        if (run.TagCount > 1 && result.IsAddressRefused)
        {
            foreach (MelsecTag tag in TagsOf(run))
            {
                _alone.Add(tag.Id);
            }

            _stale = true;
        }
    }

    private void Fail(in MelsecPlannedRun run, Quality quality, long ticks, ReadingBatch into)
    {
        foreach (MelsecTag tag in TagsOf(run))
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
        }
    }

    /// <summary>The last text is kept, so that a lasting problem allocates once.</summary>
    private string TextOf(in MelsecResult result, MelsecTag? tag)
    {
        if (_told == (result, tag) && _text.Length > 0)
        {
            return _text;
        }

        _told = (result, tag);
        return _text = result.Status switch
        {
            MelsecStatus.Timeout => "no answer",
            MelsecStatus.BadFrame => "an answer that does not fit its request: check the kind of frame (3E or 1E, binary)",
            MelsecStatus.Disconnected => "the connection broke",
            _ when result.IsAddressRefused => $"tag '{tag!.Name}' ({tag.Text}): the controller refuses the address with end code {result.EndCode:X4}: it lies beyond the area's end in the controller's parameters",
            _ when result.EndCode is 0xC200 or 0xC201 or 0xC204 or 0xC810 => "the controller asks for a remote password, which this program does not send: unlock the port in the Ethernet settings",
            _ => $"tag '{tag!.Name}' ({tag.Text}): the controller refuses with end code {result.EndCode:X4}",
        };
    }

    private ReadOnlySpan<MelsecTag> TagsOf(in MelsecPlannedRun run) => _tags.AsSpan(run.FirstTag, run.TagCount);
}
