using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Asking;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Reads the tags of one scan group in as few requests as fit: every tag exactly one reading, whatever happens on the way.</summary>
/// <remarks>A run of several tags that the controller refuses is read tag by tag from the next scan on, until the next connection: one wrong
/// address must not cost its neighbours more than one scan. A scan in which all goes well allocates nothing.</remarks>
internal sealed class S7GroupReader(S7Client client, IEnumerable<S7Tag> tags, int gapBytesMax, TimeProvider time) : IGroupReader
{
    private readonly S7Tag[] _tags = S7RunPlanner.Sort(tags);
    private readonly HashSet<int> _alone = [];
    private readonly S7ReadItem[] _items = new S7ReadItem[S7Frames.ItemsMax];
    private readonly S7ItemStatus[] _statuses = new S7ItemStatus[S7Frames.ItemsMax];
    private readonly S7Problems _problems = new();
    private List<S7Run> _runs = [];
    private byte[] _data = [];
    private long _connection = -1;
    private bool _stale = true;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(long connection, ReadingBatch into, CancellationToken cancellation)
    {
        Prepare(connection);
        string? problem = null;
        for (int first = 0; first < _runs.Count;)
        {
            int count = S7RunPlanner.FitCount(_runs, first, client.PduBytes);
            int offset = _runs[first].Offset;
            int bytes = _runs[first + count - 1].Offset + _runs[first + count - 1].Item.Length - offset;
            for (int i = 0; i < count; i++)
            {
                _items[i] = _runs[first + i].Item;
            }

            S7ReadResult result = await client.ReadAsync(
                _items.AsMemory(0, count), _data.AsMemory(offset, bytes), _statuses.AsMemory(0, count), cancellation).ConfigureAwait(false);
            long ticks = UnixTicks.Now(time);
            if (result.Status is S7ReadStatus.Ok)
            {
                problem = Take(first, count, ticks, into) ?? problem;
            }
            else if (result.Status == S7ReadStatus.Refused)
            {
                Fail(first, count, S7Problems.QualityOf(result), ticks, into);
                problem = _problems.TextOf(result);
            }
            else
            {
                // The connection is gone; what was not asked for shares the fate of what was.
                Fail(first, _runs.Count - first, S7Problems.QualityOf(result), ticks, into);
                return new ScanOutcome(ScanAnswer.ConnectionLost, _problems.TextOf(result));
            }

            first += count;
        }

        return new ScanOutcome(ScanAnswer.Answered, problem);
    }

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
            _runs = S7RunPlanner.Plan(_tags, gapBytesMax, Math.Max(client.PduBytes, S7Compiler.TagBytesMax + S7Frames.AnswerBytes(1, 0)), _alone);
            _data = new byte[_runs.Count == 0 ? 0 : _runs[^1].Offset + _runs[^1].Item.Length];
        }
    }

    private string? Take(int first, int count, long ticks, ReadingBatch into)
    {
        string? problem = null;
        for (int i = 0; i < count; i++)
        {
            S7Run run = _runs[first + i];
            if (_statuses[i] == S7ItemStatus.Ok)
            {
                foreach (S7Tag tag in TagsOf(run))
                {
                    S7ValueDecoder.Decode(tag, _data.AsSpan(run.Offset + tag.Address.Start - run.Item.Start, tag.Bytes), ticks, into);
                }

                continue;
            }

            problem = _problems.TextOf(_tags[run.FirstTag], _statuses[i]);
            Fail(run, S7Problems.QualityOf(_statuses[i]), ticks, into);
            if (run.TagCount > 1)
            {
                foreach (S7Tag tag in TagsOf(run))
                {
                    _alone.Add(tag.Id);
                }

                _stale = true;
            }
        }

        return problem;
    }

    private void Fail(int first, int count, Quality quality, long ticks, ReadingBatch into)
    {
        for (int i = first; i < first + count; i++)
        {
            Fail(_runs[i], quality, ticks, into);
        }
    }

    private void Fail(in S7Run run, Quality quality, long ticks, ReadingBatch into)
    {
        foreach (S7Tag tag in TagsOf(run))
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
        }
    }

    private ReadOnlySpan<S7Tag> TagsOf(in S7Run run) => _tags.AsSpan(run.FirstTag, run.TagCount);
}
