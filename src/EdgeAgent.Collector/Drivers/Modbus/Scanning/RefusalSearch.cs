using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Scanning;

/// <summary>Finds out which addresses of a refused request the device refuses, by halving it, and asks for refused ones again now and then.</summary>
/// <remarks>What it finds goes into <see cref="AddressFacts"/>, from which the next plan is made: after one scan the good tags are
/// read in long requests again, and the bad ones cost nothing but a rare retry.</remarks>
internal sealed class RefusalSearch(ModbusUnit unit, ReadPlan plan, GroupReader reader)
{
    /// <summary>Most extra requests in one scan. What is not found in this scan is found in the next; 256 find several bad
    /// addresses among 125 and still end within seconds on a serial line.</summary>
    private const int RequestsMax = 256;

    /// <summary>Retries are never closer than this, however many addresses are refused.</summary>
    private static readonly TimeSpan RetryGapLeast = TimeSpan.FromSeconds(1);

    private readonly byte[] _data = new byte[ModbusLimits.PduBytesMax];
    private int _requests;
    private int _nextRefused;
    private long? _retryStamp;

    /// <summary>Whether the result says that something in the request is refused for what it is, not for the moment.</summary>
    public static bool CanLearnFrom(in ModbusResult result) => result.Status == ModbusStatus.Exception
        && result.Exception is ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue;

    /// <summary>Takes the refused blocks apart, and gives every tag of them and every tag refused before its reading.</summary>
    public async ValueTask RunAsync(List<ReadBlock> blocks, CancellationToken cancellation)
    {
        _requests = 0;
        foreach (ReadBlock block in blocks)
        {
            await TakeApartAsync(block, cancellation).ConfigureAwait(false);
        }

        int retried = ChooseRetry();
        for (int i = 0; i < plan.Refused.Length; i++)
        {
            ModbusTag tag = plan.Refused[i];
            if (i != retried || reader.IsStopped || !await RetryAsync(tag, cancellation).ConfigureAwait(false))
            {
                reader.Fail(tag, Quality.BadOutOfService);
            }
        }
    }

    private async ValueTask TakeApartAsync(ReadBlock block, CancellationToken cancellation)
    {
        if (block.TagCount == 1)
        {
            unit.Facts.Refuse(block.Function, block.Address, block.End);
            reader.Fail(block, Quality.BadOutOfService);
            return;
        }

        (ReadBlock left, ReadBlock right) = BlockPlanner.Split(plan.Active, block);
        ModbusResult? leftResult = await AskAsync(left, cancellation).ConfigureAwait(false);
        ModbusResult? rightResult = await AskAsync(right, cancellation).ConfigureAwait(false);
        if (leftResult is { IsOk: true } && rightResult is { IsOk: true })
        {
            unit.Facts.RefuseTogether(left, right);
        }
    }

    /// <summary>Asks for a part, and takes it further apart when it is refused too. Null when it was not asked for.</summary>
    private async ValueTask<ModbusResult?> AskAsync(ReadBlock block, CancellationToken cancellation)
    {
        if (reader.IsStopped || _requests >= RequestsMax)
        {
            reader.Fail(block, Quality.BadOutOfService);
            return null;
        }

        _requests++;
        ModbusResult result = await unit.AskAsync(block, _data, cancellation).ConfigureAwait(false);
        if (result.IsOk)
        {
            reader.Decode(block, _data.AsSpan(0, block.DataBytes));
            return result;
        }

        Quality quality = reader.Judge(result, block);
        if (CanLearnFrom(result))
        {
            await TakeApartAsync(block, cancellation).ConfigureAwait(false);
        }
        else
        {
            reader.Fail(block, quality);
        }

        return result;
    }

    /// <summary>One refused tag whose turn it is to be asked for again, or -1.</summary>
    private int ChooseRetry()
    {
        if (plan.Refused.Length == 0)
        {
            return -1;
        }

        long now = unit.Time.GetTimestamp();
        if (_retryStamp is { } due && now < due)
        {
            return -1;
        }

        TimeSpan gap = TimeSpan.FromMilliseconds(unit.Settings.RefusedRetryMs) / plan.Refused.Length;
        bool isFirst = _retryStamp is null;
        _retryStamp = now + (gap > RetryGapLeast ? gap : RetryGapLeast).ToStamps(unit.Time);
        return isFirst ? -1 : _nextRefused++ % plan.Refused.Length;
    }

    private async ValueTask<bool> RetryAsync(ModbusTag tag, CancellationToken cancellation)
    {
        var block = new ReadBlock(tag.Function, tag.Address, tag.Count, 0, 0);
        ModbusResult result = await unit.AskAsync(block, _data, cancellation).ConfigureAwait(false);
        if (!result.IsOk)
        {
            reader.Judge(result, block);
            return false;
        }

        unit.Facts.AllowWithin(tag.Function, tag.Address, tag.End);
        reader.Decode(tag, _data.AsSpan(0, block.DataBytes));
        return true;
    }
}
