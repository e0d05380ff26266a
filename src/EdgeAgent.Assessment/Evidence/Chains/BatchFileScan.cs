using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence.Chains;

/// <summary>Reads one batch file from end to end: hashes, links, sequences, signatures, sums of accounts, candidates for samples.</summary>
/// <remarks>Each batch's body is hashed, and each names the hash of the one before, so that the signature of the last batch of an unbroken
/// stretch vouches for all of it; that one and every 256th are checked. Not safe for concurrent use; one for each file.</remarks>
internal sealed class BatchFileScan(PackEntry entry, IPackContent content, IReadOnlyDictionary<AgentKey, byte[]>? keys, SampleDraw? draw, int fromHour)
{
    private const int SignatureEvery = 256;
    private const int ProblemsMax = 20;

    private readonly ChainPart _part = new(entry.Path);
    private readonly DecodedBatch _batch = new();
    private readonly Dictionary<string, int> _definitions = new(StringComparer.Ordinal);
    private readonly byte[] _lastConfig = new byte[BatchFormat.HashBytes];
    private readonly byte[] _previousHash = new byte[BatchFormat.HashBytes];
    private int _definition = -1;
    private ECDsa? _key;

    public ChainPart Run()
    {
        using IncrementalHash file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        BatchRecords records = new(content, entry);
        byte[] last = [];
        bool lastChecked = true;
        while (_part.Problems.Count < ProblemsMax && records.MoveNext())
        {
            file.AppendData(records.Record);
            BatchReadStatus status = BatchReader.TryReadAccounts(records.Batch, _batch, BatchLimits.Default);
            if (status != BatchReadStatus.Ok)
            {
                Problem(_part.Last + 1, $"the record at byte {records.Position} is no batch that can be read ({status})", $"第 {records.Position} 字节处不是可读的批次（{status}）");
                continue;
            }

            bool linked = Link();
            if (!linked && !lastChecked)
            {
                CheckSignature(last.AsSpan(0, _keptBytes), _part.Last);
            }

            lastChecked = keys is null || (_batch.Sequence % SignatureEvery == 0 && CheckSignature(records.Batch, _batch.Sequence));
            if (!lastChecked)
            {
                last = Keep(last, records.Batch);
            }

            Take(records.Position);
        }

        if (!lastChecked && _part.Batches > 0)
        {
            CheckSignature(last.AsSpan(0, _keptBytes), _part.Last);
        }

        if (!records.AtEnd && _part.Problems.Count < ProblemsMax)
        {
            Problem(_part.Last + 1, $"the record at byte {records.Position} is cut short", $"第 {records.Position} 字节处的记录被截断");
        }

        _part.Sha256 = records.AtEnd ? Convert.ToHexStringLower(file.GetHashAndReset()) : "";
        _part.LastHash = [.. _previousHash];
        _key?.Dispose();
        return _part;
    }

    private int _keptBytes;

    private byte[] Keep(byte[] buffer, ReadOnlySpan<byte> batch)
    {
        if (buffer.Length < batch.Length)
        {
            buffer = new byte[batch.Length * 2];
        }

        batch.CopyTo(buffer);
        _keptBytes = batch.Length;
        return buffer;
    }

    /// <summary>Whether the batch follows the one before without a gap.</summary>
    private bool Link()
    {
        AgentKey agent = new(_batch.Site, _batch.Agent);
        if (_part.Batches == 0)
        {
            _part.Agent = agent;
            _part.Incarnation = _batch.Incarnation;
            _part.First = _batch.Sequence;
            _part.FirstPrevious = _batch.PreviousHash.ToArray();
            ImportKey(agent);
            return true;
        }

        if (agent != _part.Agent || _batch.Incarnation != _part.Incarnation)
        {
            Problem(_batch.Sequence, $"a batch of {agent.Site}/{agent.Agent} {_batch.Incarnation:N} stands among those of {_part.Agent.Site}/{_part.Agent.Agent} {_part.Incarnation:N}", $"{_part.Agent.Site}/{_part.Agent.Agent} {_part.Incarnation:N} 的批次中混有 {agent.Site}/{agent.Agent} {_batch.Incarnation:N} 的批次");
            return false;
        }

        if (_batch.Sequence <= _part.Last)
        {
            Problem(_batch.Sequence, $"it follows sequence {_part.Last}: batches are out of order or stand there twice", $"紧跟在序号 {_part.Last} 之后：批次次序被改动或重复");
            return false;
        }

        if (_batch.Sequence > _part.Last + 1)
        {
            _part.Missing.Add(new SequenceRange(_part.Last + 1, _batch.Sequence - 1));
            return false;
        }

        if (!_batch.PreviousHash.Span.SequenceEqual(_previousHash))
        {
            Problem(_batch.Sequence, $"it names another predecessor than the batch {_part.Last} that stands before it: one of the two was changed", $"所记的前一批次与其前的批次 {_part.Last} 不符：两者之一被改动");
            return false;
        }

        return true;
    }

    private void Take(long position)
    {
        _part.Batches++;
        _part.Last = _batch.Sequence;
        _batch.Hash.Span.CopyTo(_previousHash);
        FindDefinition();
        ReadOnlySpan<byte> hash = _batch.Hash.Span;
        foreach (ref readonly ScanAccount account in CollectionsMarshal.AsSpan(_batch.Accounts))
        {
            if (account.Hour < fromHour)
            {
                continue;
            }

            ref ScanAccount sum = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _part.Sums, new SourceHour(_definition, account.DeviceId, account.Hour, account.Provenance), out bool exists);
            sum = exists ? sum.Plus(account) : account;
            if (account.Buffered > 0 && draw is { } samples)
            {
                Offer(samples, hash, account.DeviceId, position);
            }
        }

        foreach (DiscardedRange range in _batch.Discarded)
        {
            _part.Losses.Add(new DeclaredLoss(_batch.Sequence, _definition, range));
        }
    }

    private void Offer(SampleDraw samples, ReadOnlySpan<byte> hash, int deviceId, long position)
    {
        ref LowestRanks? ranks = ref CollectionsMarshal.GetValueRefOrAddDefault(_part.Samples, (_definition, deviceId), out _);
        ranks ??= new LowestRanks();
        ulong rank = samples.Rank(hash, deviceId);
        if (ranks.Takes(rank) && !ranks.Kept.Any(k => k.Sequence == _batch.Sequence))
        {
            ranks.Add(new SampleCandidate(rank, _part.File, position, _batch.Sequence, _definition, deviceId));
        }
    }

    private void FindDefinition()
    {
        ReadOnlySpan<byte> config = _batch.ConfigHash.Span;
        if (_definition >= 0 && config.SequenceEqual(_lastConfig))
        {
            return;
        }

        config.CopyTo(_lastConfig);
        string name = Convert.ToHexStringLower(config);
        ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(_definitions, name, out bool exists);
        if (!exists)
        {
            index = _part.Definitions.Count;
            _part.Definitions.Add(name);
        }

        _definition = index;
    }

    private void ImportKey(AgentKey agent)
    {
        if (keys is null)
        {
            return;
        }

        if (!keys.TryGetValue(agent, out byte[]? publicKey))
        {
            Problem(_batch.Sequence, $"no public key of agent {agent.Site}/{agent.Agent} is known", $"没有采集端 {agent.Site}/{agent.Agent} 的公钥");
            return;
        }

        _key = ECDsa.Create();
        try
        {
            _key.ImportSubjectPublicKeyInfo(publicKey, out _);
        }
        catch (CryptographicException)
        {
            _key.Dispose();
            _key = null;
            Problem(_batch.Sequence, $"the public key of agent {agent.Site}/{agent.Agent} cannot be read", $"采集端 {agent.Site}/{agent.Agent} 的公钥无法读取");
        }
    }

    private bool CheckSignature(ReadOnlySpan<byte> batch, long sequence)
    {
        if (_key is not null && !BatchReader.Verify(batch, _key))
        {
            Problem(sequence, $"its signature is not that of agent {_part.Agent.Site}/{_part.Agent.Agent}", $"签名不是采集端 {_part.Agent.Site}/{_part.Agent.Agent} 的");
        }

        return true;
    }

    private void Problem(long sequence, string text, string chinese) =>
        _part.Problems.Add(new PackProblem(_part.File, string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}"), text, chinese));
}
