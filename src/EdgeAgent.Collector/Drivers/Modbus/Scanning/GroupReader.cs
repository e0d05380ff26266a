using System.Runtime.CompilerServices;
using EdgeAgent.Collector.Drivers.Modbus.Decoding;
using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Scanning;

/// <summary>Reads the tags of one scan group: a few requests at a time, every tag exactly one reading, whatever happens on the way.</summary>
/// <remarks>A scan in which all goes well allocates nothing. What the device refuses is taken apart by <see cref="RefusalSearch"/>.</remarks>
internal sealed class GroupReader
{
    private readonly ModbusUnit _unit;
    private readonly ReadPlan _plan;
    private readonly RefusalSearch _search;
    private readonly ReadProblems _problems = new();
    private readonly ValueTask<ModbusResult>[] _inFlight;
    private readonly List<ReadBlock> _refusedBlocks = [];
    private ReadingBatch _into = null!;
    private bool _answered;
    private bool _lost;
    private int _timeouts;
    private Quality? _stopped;
    private string? _problem;

    /// <param name="inFlightMax">Requests of this group on their way at once.</param>
    public GroupReader(ModbusUnit unit, IEnumerable<ModbusTag> tags, int inFlightMax)
    {
        _unit = unit;
        _plan = new ReadPlan(BlockPlanner.Sort(tags), unit.Settings, unit.Facts);
        _search = new RefusalSearch(unit, _plan, this);
        _inFlight = new ValueTask<ModbusResult>[unit.Settings.PauseMs > 0 ? 1 : inFlightMax];
    }

    /// <summary>Whether an earlier request of this scan settled the fate of the rest.</summary>
    public bool IsStopped => _stopped is not null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ScanOutcome> ScanAsync(int probeDeadlineMs, ReadingBatch into, long connection, CancellationToken cancellation)
    {
        Begin(into);
        if (probeDeadlineMs > 0)
        {
            await ProbeAsync(probeDeadlineMs, cancellation).ConfigureAwait(false);
        }

        int started = 0;
        for (int done = 0; done < _plan.BlockCount; done++)
        {
            while (started < _plan.BlockCount && started - done < _inFlight.Length && !IsStopped)
            {
                _inFlight[started % _inFlight.Length] = Start(started, cancellation);
                started++;
            }

            if (done == started)
            {
                // Stopped: nothing more is on its way.
                Fail(_plan[done], _stopped!.Value);
                started++;
                continue;
            }

            ModbusResult result = await _inFlight[done % _inFlight.Length].ConfigureAwait(false);
            if (result.IsWait && !IsStopped)
            {
                result = await _unit.AskAgainAsync(_plan[done], _plan.WireOf(done), cancellation).ConfigureAwait(false);
            }

            Take(_plan[done], result, _plan.WireOf(done).Span);
        }

        if (_refusedBlocks.Count > 0 || _plan.Refused.Length > 0)
        {
            await _search.RunAsync(_refusedBlocks, cancellation).ConfigureAwait(false);
        }

        if (_answered && _unit.MustIdentify(connection))
        {
            await _unit.IdentifyAsync(connection, cancellation).ConfigureAwait(false);
        }

        ScanAnswer answer = _lost ? ScanAnswer.ConnectionLost : _answered ? ScanAnswer.Answered : ScanAnswer.Silent;
        return new ScanOutcome(answer, _lost ? _unit.DisconnectReason ?? _problem : _problem);
    }

    /// <summary>Takes an answered block in.</summary>
    public void Decode(in ReadBlock block, ReadOnlySpan<byte> data)
    {
        long ticks = UnixTicks.Now(_unit.Time);
        foreach (ModbusTag tag in _plan.TagsOf(block))
        {
            TagDecoder.Decode(tag, data, block.Address, ticks, _into);
        }
    }

    public void Decode(ModbusTag tag, ReadOnlySpan<byte> data) => TagDecoder.Decode(tag, data, tag.Address, UnixTicks.Now(_unit.Time), _into);

    public void Fail(in ReadBlock block, Quality quality)
    {
        foreach (ModbusTag tag in _plan.TagsOf(block))
        {
            Fail(tag, quality);
        }
    }

    public void Fail(ModbusTag tag, Quality quality) => _into.Add(Reading.Failed(tag.Id, quality, UnixTicks.Now(_unit.Time)));

    /// <summary>Takes in what a result that is not Ok says about the device and the rest of the scan.</summary>
    /// <returns>The quality of the readings that the request was for.</returns>
    public Quality Judge(in ModbusResult result, in ReadBlock block)
    {
        Quality quality = ReadProblems.QualityOf(result);
        _problem = _problems.TextOf(result, block);
        switch (result.Status)
        {
            case ModbusStatus.Disconnected:
                _lost = true;
                _stopped = quality;
                break;

            case ModbusStatus.Timeout:
                // One lost frame is one request's trouble; a device that has said nothing yet, or is silent twice, is left alone.
                _timeouts++;
                if (!_answered || _timeouts > 1)
                {
                    _stopped ??= quality;
                }

                break;

            case ModbusStatus.Exception when quality == Quality.BadNoCommunication:
                // The gateway speaks for a device that is not there.
                _stopped ??= quality;
                break;

            default:
                _answered = true;
                break;
        }

        return quality;
    }

    private void Begin(ReadingBatch into)
    {
        _into = into;
        _answered = false;
        _lost = false;
        _timeouts = 0;
        _stopped = null;
        _problem = null;
        _refusedBlocks.Clear();
        _plan.Renew();
    }

    private ValueTask<ModbusResult> Start(int block, CancellationToken cancellation) => _unit.Settings.PauseMs > 0
        ? _unit.AskAsync(_plan[block], _plan.WireOf(block), cancellation)
        : _unit.StartAsync(_plan[block], _plan.WireOf(block), cancellation);

    private void Take(in ReadBlock block, in ModbusResult result, ReadOnlySpan<byte> data)
    {
        if (result.IsOk)
        {
            _answered = true;
            Decode(block, data);
            return;
        }

        Quality quality = Judge(result, block);
        if (RefusalSearch.CanLearnFrom(result))
        {
            _refusedBlocks.Add(block);
        }
        else
        {
            Fail(block, quality);
        }
    }

    /// <summary>Asks a device that was silent for one tag only, and not for long.</summary>
    private async ValueTask ProbeAsync(int deadlineMs, CancellationToken cancellation)
    {
        if (_plan.BlockCount == 0)
        {
            return;
        }

        ReadBlock first = _plan[0];
        ModbusTag tag = _plan.Active[first.FirstTag];
        ReadBlock probe = first with { Count = tag.Count, TagCount = 1 };
        ModbusResult result = await _unit.ProbeAsync(probe, _plan.WireOf(0)[..probe.DataBytes], deadlineMs, cancellation).ConfigureAwait(false);
        if (result.IsOk)
        {
            _answered = true;
        }
        else
        {
            Judge(result, probe);
        }
    }
}
