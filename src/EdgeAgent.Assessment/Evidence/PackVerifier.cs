using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Assessment.Challenge;
using EdgeAgent.Assessment.Evidence.Chains;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Assessment.Findings;
using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Assessment.Scoring;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store;

namespace EdgeAgent.Assessment.Evidence;

/// <summary>Checks a pack offline, with nothing but the pack and public keys, and names every disagreement with file and place.</summary>
/// <remarks>Nothing is unpacked; a file is read in place, in blocks. Memory is bounded by devices and hours, not by batches.</remarks>
public sealed class PackVerifier
{
    private const int ManifestBytesMax = 32 << 20;
    private const int TableBytesMax = 512 << 20;
    private const int SourceBytesMax = 64 << 20;

    private static readonly BilingualText NoResult = new("", "");

    private readonly List<PackProblem> _problems = [];
    private readonly List<BilingualText> _notes = [];
    private readonly VerificationKeys _trusted;
    private readonly PackReader _pack;
    private PackManifest _manifest = null!;

    private PackVerifier(PackReader pack, VerificationKeys trusted)
    {
        _pack = pack;
        _trusted = trusted;
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PackVerification Verify(string path, VerificationKeys trusted)
    {
        List<PackProblem> problems = [];
        using PackReader? pack = PackReader.Open(path, problems);
        return pack is null
            ? new PackVerification(null, "", problems, [], 0, 0, NoResult)
            : new PackVerifier(pack, trusted).Run();
    }

    private PackVerification Run()
    {
        byte[]? manifest = _pack.Read(PackLayout.Manifest, ManifestBytesMax);
        if (!CheckManifest(manifest))
        {
            return new PackVerification(null, "", _problems, _notes, 0, 0, NoResult);
        }

        string sha256 = Convert.ToHexStringLower(SHA256.HashData(manifest!));
        CheckHeaders();
        Dictionary<AgentKey, byte[]> keys = ReadAgents();
        Dictionary<string, PlantDefinition> definitions = ReadDefinitions();
        ConcurrentDictionary<string, string> hashes = new(StringComparer.Ordinal);
        ChainPart[] parts = ScanBatches(keys, hashes);
        CheckHashes(hashes);
        if (_manifest.Version != PackManifest.FormatVersion || _manifest.Format != PackManifest.FormatName)
        {
            return new PackVerification(_manifest, sha256, _problems, _notes, 0, 0, NoResult);
        }

        return Recompute(sha256, definitions, parts);
    }

    private PackVerification Recompute(string sha256, Dictionary<string, PlantDefinition> definitions, ChainPart[] parts)
    {
        ChainAudit audit = new(definitions);
        audit.Run(parts, _pack, _pack.Names, _manifest.FromHour);
        _problems.AddRange(audit.Problems);
        CheckChains(audit.Chains);
        CheckDefinitionsUsed(definitions, parts);
        byte[]? challenges = CheckChallenges(out ChallengeCounts counts);
        long batches = parts.Sum(p => p.Batches);
        BilingualText result = NoResult;
        int devices = 0;
        if (ReadFacts(audit.Accounts) is { } facts)
        {
            try
            {
                (devices, result) = CompareDerived(facts, audit, definitions, challenges);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or OverflowException or FormatException)
            {
                _problems.Add(new PackProblem(PackLayout.Metrics, "", $"it cannot be computed again from what the pack holds: {e.Message}", $"无法由包内内容重新计算：{e.Message}"));
            }
        }

        return new PackVerification(_manifest, sha256, _problems, _notes, batches, devices, result) { Challenges = counts };
    }

    private (int Devices, BilingualText Result) CompareDerived(PackFacts facts, ChainAudit audit, Dictionary<string, PlantDefinition> definitions, byte[]? challenges)
    {
        AssessmentResult report = PackMetrics.Compute(facts);
        SampleDraw draw = new(SampleSeed.Of(_manifest.Site, _manifest.FromHour, _manifest.ToHour, _manifest.Previous, audit.Chains));
        foreach ((string path, byte[] computed) in PackDerivation.Files(facts, report, audit, draw, _pack, _pack.Names, definitions, challenges))
        {
            // Packs of a time before this table was made do not have it; what it says is told from the log itself.
            if (path != PackLayout.ChallengeTable || _manifest.Files.Any(f => f.Path == path))
            {
                Compare(path, computed);
            }
        }

        RateResult digital = report.Indicators.Digitalization, networked = report.Indicators.Networking;
        return (report.Devices.Count, new BilingualText(
            $"设备总数 {report.Counts.Total}；数字化 {digital.N} 台（选项 {digital.Option ?? "无"}），联网 {networked.N} 台（选项 {networked.Option ?? "无"}）；得分 {report.Score.TotalText}，{report.Score.LevelName}",
            $"N = {report.Counts.Total}; digital {digital.N} (option {digital.Option ?? "none"}), networked {networked.N} (option {networked.Option ?? "none"}); score {report.Score.TotalText}, level {report.Score.Level}"));
    }

    private bool CheckManifest(byte[]? bytes)
    {
        byte[]? signature = _pack.Read(PackLayout.Signature, BatchFormat.SignatureBytes);
        if (bytes is null || signature is not { Length: BatchFormat.SignatureBytes }
            || _pack.Entries.Count < 2 || _pack.Entries[^2].Path != PackLayout.Manifest || _pack.Entries[^1].Path != PackLayout.Signature)
        {
            _problems.Add(new PackProblem(PackProblem.Container, "", "it does not end with manifest.json and a manifest.sig of 64 bytes", "结尾不是 manifest.json 和 64 字节的 manifest.sig"));
            return false;
        }

        if (!_trusted.Verifies(SHA256.HashData(bytes), signature))
        {
            _problems.Add(new PackProblem(PackLayout.Signature, "", "the signature over manifest.json is not that of any key given: the manifest was changed, or the pack is of another hub", "manifest.json 的签名与所给公钥都不符：清单被改动，或不是本中心的包"));
        }

        if (Crc32.Of(bytes) != _pack.Names[PackLayout.Manifest].Crc || Crc32.Of(signature) != _pack.Names[PackLayout.Signature].Crc)
        {
            _problems.Add(new PackProblem(PackProblem.Container, "", "the check sum of manifest.json or manifest.sig is wrong", "manifest.json 或 manifest.sig 的校验和错误"));
        }

        if (PackManifest.TryRead(bytes) is not { } manifest || !bytes.AsSpan().SequenceEqual(manifest.Write()))
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "", "it cannot be read as a manifest of this version", "不是本版本的清单，无法读取"));
            return false;
        }

        _manifest = manifest;
        return true;
    }

    /// <summary>The container must hold what the manifest lists, in its order, and nothing else.</summary>
    private void CheckHeaders()
    {
        HashSet<string> listed = new(_manifest.Files.Select(f => f.Path), StringComparer.Ordinal);
        foreach (PackEntry entry in _pack.Entries)
        {
            if (!_pack.HasRightHeader(entry))
            {
                _problems.Add(new PackProblem(entry.Path, "", "its header in the container was changed", "压缩包内的文件头被改动"));
            }

            if (!listed.Contains(entry.Path) && entry.Path is not (PackLayout.Manifest or PackLayout.Signature))
            {
                _problems.Add(new PackProblem(entry.Path, "", "the manifest does not list it: it was added", "清单中没有：是后来加入的"));
            }
        }

        int position = 0;
        foreach (PackFile file in _manifest.Files)
        {
            if (!_pack.Names.TryGetValue(file.Path, out PackEntry entry))
            {
                _problems.Add(new PackProblem(file.Path, "", "the manifest lists it, and it is not there: it was removed", "清单中有而包内没有：已被删除"));
                continue;
            }

            if (entry.Bytes != file.Bytes || entry.Crc.ToString("x8", CultureInfo.InvariantCulture) != file.Crc32)
            {
                _problems.Add(new PackProblem(file.Path, "", "its size or check sum is not what the manifest says", "大小或校验和与清单不符"));
            }

            if (position < _pack.Entries.Count && _pack.Entries[position].Path != file.Path)
            {
                _problems.Add(new PackProblem(file.Path, "", "it does not stand where the manifest lists it: files were put in another order", "位置与清单不符：文件次序被改动"));
            }

            position++;
        }
    }

    private void CheckHashes(ConcurrentDictionary<string, string> known)
    {
        Parallel.ForEach(_manifest.Files, file =>
        {
            if (_pack.Names.TryGetValue(file.Path, out PackEntry entry))
            {
                string hash = known.TryGetValue(file.Path, out string? found) && found.Length > 0 ? found : _pack.HashOf(entry);
                if (hash != file.Sha256)
                {
                    lock (_problems)
                    {
                        _problems.Add(new PackProblem(file.Path, "", "its content is not what the manifest was signed for", "内容与签名清单中的 SHA-256 不符：已被改动"));
                    }
                }
            }
        });
    }

    private Dictionary<AgentKey, byte[]> ReadAgents()
    {
        if (_pack.Read(PackLayout.Agents, SourceBytesMax) is not { } json || PackAgents.TryRead(json) is not { } keys)
        {
            _problems.Add(new PackProblem(PackLayout.Agents, "", "it is missing or cannot be read, so no batch can be checked against its agent's key", "缺失或无法读取，因此无法用采集端公钥核对批次"));
            return [];
        }

        foreach ((AgentKey agent, byte[] key) in keys)
        {
            if (!_trusted.Has(key))
            {
                string print = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8));
                _notes.Add(new BilingualText(
                    $"采集端 {agent.Agent} 的公钥以中心登记的为准（{print}）；离线核验时用 --key 给出其 agent.pub，即可只依据采集端本身。",
                    $"The key of agent {agent.Agent} is believed as the hub enrolled it ({print}); give its agent.pub with --key to rely on the agent alone."));
            }
        }

        return keys;
    }

    private Dictionary<string, PlantDefinition> ReadDefinitions()
    {
        Dictionary<string, PlantDefinition> definitions = new(StringComparer.Ordinal);
        foreach (PackEntry entry in _pack.Entries.Where(e => e.Path.StartsWith(PackLayout.DefinitionFolder, StringComparison.Ordinal)))
        {
            if (_pack.Read(entry.Path, SourceBytesMax) is { } bytes
                && DefinitionCodec.TryDecode(bytes, BatchLimits.Default, out PlantDefinition? definition) == BatchReadStatus.Ok
                && PackLayout.Definition(definition!.ConfigHash.Span) == entry.Path)
            {
                definitions[Convert.ToHexStringLower(definition.ConfigHash.Span)] = definition;
            }
            else
            {
                _problems.Add(new PackProblem(entry.Path, "", "it is not the definition that its name says", "不是文件名所指的点表定义"));
            }
        }

        return definitions;
    }

    private ChainPart[] ScanBatches(Dictionary<AgentKey, byte[]> keys, ConcurrentDictionary<string, string> hashes)
    {
        SampleDraw? draw = _manifest.Seed.Length == 64 && _manifest.Seed.All(char.IsAsciiHexDigitLower) ? new SampleDraw(Convert.FromHexString(_manifest.Seed)) : null;
        PackEntry[] files = [.. _pack.Entries.Where(e => e.Path.StartsWith(PackLayout.BatchFolder, StringComparison.Ordinal))];
        ChainPart[] parts = new ChainPart[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            parts[i] = new BatchFileScan(files[i], _pack, keys, draw, _manifest.FromHour).Run();
            hashes[files[i].Path] = parts[i].Sha256;
        });
        foreach (ChainPart part in parts)
        {
            _problems.AddRange(part.Problems);
            if (part.Batches > 0 && (part.Agent.Site != _manifest.Site || part.File != PackLayout.Batches(part.Agent, part.Incarnation, part.First)))
            {
                _problems.Add(new PackProblem(part.File, "", $"it holds batches of {part.Agent.Site}/{part.Agent.Agent} {part.Incarnation:N} from {part.First} on, which belong elsewhere", $"其中是 {part.Agent.Site}/{part.Agent.Agent} {part.Incarnation:N} 自 {part.First} 起的批次，不属于此文件"));
            }
        }

        return parts;
    }

    private void CheckChains(List<PackChain> found)
    {
        foreach (PackChain stated in _manifest.Chains)
        {
            if (!found.Contains(stated))
            {
                PackChain? actual = found.FirstOrDefault(c => c.Agent == stated.Agent && c.Incarnation == stated.Incarnation);
                _problems.Add(new PackProblem(PackLayout.Manifest, $"chain {stated.Agent} {stated.Incarnation}",
                    actual is null ? "no batches of it are in the pack"
                        : $"it says {stated.Batches} batches {stated.First} to {stated.Last}, and {actual.Batches} batches {actual.First} to {actual.Last} are there",
                    actual is null ? "包内没有它的批次"
                        : $"清单称有 {stated.Batches} 个批次（{stated.First} 至 {stated.Last}），实有 {actual.Batches} 个（{actual.First} 至 {actual.Last}）"));
            }
        }

        foreach (PackChain extra in found.Where(f => !_manifest.Chains.Any(s => s.Agent == f.Agent && s.Incarnation == f.Incarnation)))
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, $"chain {extra.Agent} {extra.Incarnation}", "its batches are in the pack, and the manifest does not name it", "包内有其批次，而清单中没有列出"));
        }

        string seed = Convert.ToHexStringLower(SampleSeed.Of(_manifest.Site, _manifest.FromHour, _manifest.ToHour, _manifest.Previous, found));
        if (seed != _manifest.Seed)
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "$.seed", "the seed of the samples does not follow from the pack before, the window and the chains: it was chosen", "抽样种子不是由上一个包、统计窗口和批次链得出：是人为选定的"));
        }
    }

    private void CheckDefinitionsUsed(Dictionary<string, PlantDefinition> definitions, ChainPart[] parts)
    {
        HashSet<string> used = [.. parts.SelectMany(p => p.Definitions)];
        foreach (string hash in definitions.Keys.Where(hash => !used.Contains(hash)))
        {
            _problems.Add(new PackProblem($"{PackLayout.DefinitionFolder}{hash}.bin", "", "no batch names this definition: it was added", "没有批次引用该定义：是后来加入的"));
        }
    }

    /// <summary>Says whose challenges there are: one that the enterprise asked for itself is no assessor's, however it is called.</summary>
    private byte[]? CheckChallenges(out ChallengeCounts counts)
    {
        byte[]? lines = _pack.Read(PackLayout.Challenges, SourceBytesMax);
        BilingualText? problem = null;
        counts = lines is null ? ChallengeCounts.None : ChallengeCounts.Of(ChallengeRecord.Of(AuditChain.Read(lines, out problem, out _)));
        if (problem is not null)
        {
            _problems.Add(new PackProblem(PackLayout.Challenges, "", problem.En, problem.Zh));
        }

        if (lines is null && _pack.Names.ContainsKey(PackLayout.ChallengeTable))
        {
            _problems.Add(new PackProblem(PackLayout.ChallengeTable, "", "there is no log of challenges that it could follow from", "没有可以得出该表的挑战测试记录"));
        }

        _notes.Add(counts.Text);
        return lines;
    }

    private PackFacts? ReadFacts(List<DeviceHour> accounts)
    {
        PackFactsReader decided = new(path => _pack.Read(path, SourceBytesMax));
        if (!decided.Run(_manifest.Site, _manifest.AsOf))
        {
            _problems.AddRange(decided.Problems);
            return null;
        }

        if (decided.Baseline is { } baseline && !_trusted.Has(baseline.PublicKey.Span))
        {
            _problems.Add(new PackProblem(PackLayout.Baseline, "", "it is signed by a key that was not given", "签名所用公钥不在所给公钥之中"));
        }

        byte[]? before = _pack.Read(PackLayout.Before, TableBytesMax), observed = _pack.Read(PackLayout.Observed, TableBytesMax);
        BilingualText problem = new("缺失", "it is missing");
        List<DeviceHour>? stated = before is null ? null : AccountTable.TryRead(before, _manifest.Site, out problem);
        if (stated is null)
        {
            _problems.Add(new PackProblem(PackLayout.Before, "", problem.En, problem.Zh));
            return null;
        }

        if (observed is null || PackObserved.TryRead(observed) is not { } values)
        {
            _problems.Add(new PackProblem(PackLayout.Observed, "", "it is missing or cannot be read", "缺失或无法读取"));
            return null;
        }

        _notes.Add(new BilingualText(
            "observed.json 中的数值合计、最新读数和时钟样本由中心陈述；账目、设备和抽样由签名批次得出。",
            "Sums of values, newest readings and clock samples in observed.json are stated by the hub; accounts, devices and samples follow from signed batches."));
        return Facts(decided, values, stated, accounts);
    }

    private PackFacts? Facts(PackFactsReader decided, PackObserved observed, List<DeviceHour> before, List<DeviceHour> accounts)
    {
        WindowLength? window = null;
        if (_manifest.Window is { } text)
        {
            window = WindowLength.TryParse(text, out WindowLength length) ? length : null;
        }

        ObservationWindow expected = PackFacts.WindowOf(decided.Rules!.Rules, _manifest.AsOf, window);
        if (expected.FromHour != _manifest.FromHour || expected.ToHour != _manifest.ToHour)
        {
            _problems.Add(new PackProblem(PackLayout.Manifest, "$.fromHour", "the window is not the one that instant and rule pack give", "统计窗口与统计时点和规则包不符"));
            return null;
        }

        if (before.Exists(row => row.Account.Hour >= _manifest.FromHour))
        {
            _problems.Add(new PackProblem(PackLayout.Before, "", "it has accounts of the window, which only batches may prove", "含有统计窗口内的账目，而这些账目只能由批次证明"));
            return null;
        }

        if (before.Count > 0)
        {
            _notes.Add(new BilingualText(
                $"统计窗口之前的 {before.Count} 条小时账目由中心陈述，其批次不在本包内。",
                $"{before.Count} hourly accounts before the window are stated by the hub; their batches are not in this pack."));
        }

        return new PackFacts(_manifest.Site, _manifest.AsOf, window, _manifest.CreatedAt, decided.Rules, decided.Ledger!, decided.Points, decided.Baseline, observed, before, accounts);
    }

    private void Compare(string path, byte[] computed)
    {
        byte[]? stated = _pack.Read(path, TableBytesMax);
        if (stated is null)
        {
            _problems.Add(new PackProblem(path, "", "it is missing", "缺失"));
            return;
        }

        _problems.AddRange(DifferenceFinder.Find(path, stated, computed));
    }
}
